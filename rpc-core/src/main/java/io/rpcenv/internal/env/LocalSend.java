// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.DropReason;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEnvListener.Kind;
import io.rpcenv.RpcEnvListener.Origin;
import io.rpcenv.internal.dispatch.UserMessage;
import org.jspecify.annotations.Nullable;

/** A one-way message from this env to one of its own endpoints. */
final class LocalSend extends UserMessage {

  private final EnvEvents events;
  private final Object message;

  LocalSend(EnvEvents events, Object message) {
    this.events = events;
    this.message = message;
  }

  @Override
  protected Object payload() {
    return message;
  }

  @Override
  public String messageClass() {
    return message.getClass().getName();
  }

  @Override
  public Kind kind() {
    return Kind.ONE_WAY;
  }

  @Override
  public Origin origin() {
    return Origin.LOCAL;
  }

  @Override
  protected void deliver(RpcEndpoint endpoint, Object payload) throws Exception {
    endpoint.receive(payload);
  }

  @Override
  protected void failed(Throwable cause) {
    // Nobody waits for an answer.
  }

  @Override
  public void rejected(String endpoint, DropReason reason, @Nullable Throwable cause) {
    events.dropped(endpoint, messageClass(), Origin.LOCAL, reason);
  }
}
