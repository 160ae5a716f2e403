// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RpcFuture;
import io.rpcenv.RpcTimeout;
import io.rpcenv.internal.call.AskFuture;
import io.rpcenv.internal.dispatch.Inbox;
import org.jspecify.annotations.Nullable;

/**
 * A future over one ask after another: a look-up, or an ask with retries. Giving up on it gives up
 * on the one under way.
 *
 * @param <T> the result
 */
abstract class OuterAsk<T> extends AskFuture<T> {

  private final String what;
  private volatile @Nullable RpcFuture<?> inner;

  OuterAsk(Class<?> resultType, RpcTimeout timeout, String what) {
    super(resultType, timeout, 0);
    this.what = what;
  }

  /** Makes an ask the one under way. */
  final void under(RpcFuture<?> ask) {
    inner = ask;
    if (isDone()) {
      ask.cancel(false);
    }
  }

  @Override
  protected final void abandoned() {
    RpcFuture<?> ask = inner;
    if (ask != null) {
      ask.cancel(false);
    }
  }

  @Override
  public final void expired(long nowNanos) {
    throw new AssertionError("the asks inside have the deadlines");
  }

  @Override
  public @Nullable Inbox target() {
    return null;
  }

  @Override
  protected final String describe() {
    return what;
  }
}
