// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointAddress;
import io.rpcenv.internal.call.LocalDeadlines;
import io.rpcenv.internal.dispatch.Dispatcher;
import io.rpcenv.serialization.EnvId;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The way to the endpoints of an env from that env itself: what all its local references share.
 *
 * @param envName the env's name
 * @param envId its identity
 * @param address the address that it advertises
 * @param dispatcher its endpoints
 * @param deadlines the deadlines of local asks
 * @param events counts what is lost
 * @param stopping whether the env is shutting down
 */
record LocalPath(
    String envName,
    EnvId envId,
    Optional<RpcAddress> address,
    Dispatcher dispatcher,
    LocalDeadlines deadlines,
    EnvEvents events,
    BooleanSupplier stopping) {

  boolean isStopping() {
    return stopping.getAsBoolean();
  }

  String uri(String name) {
    return new RpcEndpointAddress(address, name).toString();
  }
}
