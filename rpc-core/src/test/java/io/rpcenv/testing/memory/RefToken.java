// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.testing.memory;

import io.rpcenv.RpcAddress;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.serialization.RefIdentity;
import java.io.Serializable;
import java.util.Optional;

/** A ref as it crosses. */
record RefToken(long high, long low, String address, String name) implements Serializable {

  static RefToken of(RefIdentity identity) {
    String address = identity.address().map(RpcAddress::hostPort).orElse("");
    return new RefToken(identity.envId().high(), identity.envId().low(), address, identity.name());
  }

  RefIdentity identity() {
    Optional<RpcAddress> parsed =
        address.isEmpty() ? Optional.empty() : Optional.of(RpcAddress.parse(address));
    return new RefIdentity(new EnvId(high, low), parsed, name);
  }
}
