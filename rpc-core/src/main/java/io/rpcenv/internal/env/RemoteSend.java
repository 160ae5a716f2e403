// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.DropReason;
import io.rpcenv.RpcEnvListener.Origin;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A one-way message that came from another env. */
final class RemoteSend extends OneWayMessage {

  private final RemoteBody body;

  RemoteSend(RemoteBody body, EnvEvents events) {
    super(events);
    this.body = body;
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
  public Origin origin() {
    return Origin.REMOTE;
  }

  @Override
  public void rejected(String endpoint, DropReason reason, @Nullable Throwable cause) {
    body.release();
    super.rejected(endpoint, reason, cause);
  }
}
