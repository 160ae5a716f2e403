// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RpcTimeout;
import io.rpcenv.internal.call.AskFuture;
import io.rpcenv.internal.dispatch.Inbox;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A wait among the deadlines of the env: succeeds when the time is over, fails if the env ends. */
final class Pause extends AskFuture<Void> {

  Pause(Duration time) {
    super(Void.class, RpcTimeout.of(time), System.nanoTime());
  }

  @Override
  public void expired(long nowNanos) {
    succeed(null);
  }

  @Override
  protected void abandoned() {
    // It ends by itself.
  }

  @Override
  public @Nullable Inbox target() {
    return null;
  }

  @Override
  protected String describe() {
    return "a pause";
  }
}
