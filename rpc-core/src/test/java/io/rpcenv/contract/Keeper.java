// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpointRef;
import java.util.concurrent.CompletableFuture;

/** Keeps the ref that {@link Msg.GiveBack} brings, and gives it back. */
final class Keeper extends Servant {

  private final CompletableFuture<RpcEndpointRef> kept = new CompletableFuture<>();

  CompletableFuture<RpcEndpointRef> received() {
    return kept;
  }

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    if (message instanceof Msg.GiveBack back) {
      kept.complete(back.ref());
    }
    super.receiveAndReply(message, call);
  }
}
