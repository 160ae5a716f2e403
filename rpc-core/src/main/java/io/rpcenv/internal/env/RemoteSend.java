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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A one-way message that came from another env. */
final class RemoteSend extends UserMessage {

  private final RemoteBody body;
  private final EnvEvents events;

  RemoteSend(RemoteBody body, EnvEvents events) {
    this.body = body;
    this.events = events;
  }

  @Override
  protected Object payload() {
    return Objects.requireNonNull(body.decode(), "message");
  }

  @Override
  public String messageClass() {
    return body.className();
  }

  @Override
  public Kind kind() {
    return Kind.ONE_WAY;
  }

  @Override
  public Origin origin() {
    return Origin.REMOTE;
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
    body.release();
    events.dropped(endpoint, messageClass(), Origin.REMOTE, reason);
  }
}
