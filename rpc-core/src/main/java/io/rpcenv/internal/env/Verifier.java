// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.internal.env.SystemMessage.CheckExistence;
import io.rpcenv.internal.env.SystemMessage.Existence;
import io.rpcenv.serialization.EnvId;
import java.util.Optional;
import java.util.function.Predicate;

/** The endpoint that every env has itself: it answers whether an endpoint of a name exists. */
final class Verifier extends RpcEndpoint {

  /** Its name, reserved. */
  static final String NAME = "endpoint-verifier";

  private final Predicate<String> exists;
  private final EnvId envId;
  private final Optional<RpcAddress> address;

  Verifier(Predicate<String> exists, EnvId envId, Optional<RpcAddress> address) {
    this.exists = exists;
    this.envId = envId;
    this.address = address;
  }

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    if (message instanceof CheckExistence check) {
      call.reply(new Existence(exists.test(check.name()), envId, address));
    } else {
      super.receiveAndReply(message, call);
    }
  }
}
