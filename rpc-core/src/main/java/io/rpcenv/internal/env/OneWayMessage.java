// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.DropReason;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEnvListener.Kind;
import io.rpcenv.internal.dispatch.UserMessage;
import org.jspecify.annotations.Nullable;

/**
 * A one-way message, as the receiver sees it: nobody waits, so what is lost is counted and told.
 */
abstract class OneWayMessage extends UserMessage {

  private final EnvEvents events;

  OneWayMessage(EnvEvents events) {
    this.events = events;
  }

  @Override
  public final Kind kind() {
    return Kind.ONE_WAY;
  }

  @Override
  protected final void deliver(RpcEndpoint endpoint, Object payload) throws Exception {
    endpoint.receive(payload);
  }

  @Override
  protected final void failed(Throwable cause) {
    // Nobody waits for an answer.
  }

  @Override
  public void rejected(String endpoint, DropReason reason, @Nullable Throwable cause) {
    events.dropped(endpoint, messageClass(), origin(), reason);
  }
}
