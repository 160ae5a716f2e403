// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.call;

import io.rpcenv.RpcTimeout;
import io.rpcenv.internal.dispatch.Inbox;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An ask that counts what it is told. */
final class FakeAsk extends AskFuture<Object> {

  final AtomicInteger abandoned = new AtomicInteger();
  final AtomicInteger expired = new AtomicInteger();
  volatile long expiredAt;
  volatile Runnable whenExpired = () -> {};

  FakeAsk(Class<?> replyType, Duration timeout, long startNanos) {
    super(replyType, RpcTimeout.of(timeout), startNanos);
  }

  static FakeAsk of(Class<?> replyType) {
    return new FakeAsk(replyType, Duration.ofSeconds(1), 0);
  }

  static FakeAsk after(long startNanos, long nanos) {
    return new FakeAsk(Object.class, Duration.ofNanos(nanos), startNanos);
  }

  @Override
  public void expired(long nowNanos) {
    expiredAt = nowNanos;
    expired.incrementAndGet();
    whenExpired.run();
  }

  @Override
  protected void abandoned() {
    abandoned.incrementAndGet();
  }

  @Override
  public @Nullable Inbox target() {
    return null;
  }

  @Override
  protected String describe() {
    return "a fake ask";
  }
}
