// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RetryPolicy;
import io.rpcenv.RpcException;
import io.rpcenv.RpcFuture;
import io.rpcenv.RpcTimeout;
import io.rpcenv.internal.dispatch.Inbox;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks again after failures that certainly did not execute, or after any retriable one if the
 * caller says that the message is idempotent (SPARK-19347: a blind retry does work twice).
 *
 * @param <R> the reply
 */
final class RetryingAsk<R> extends OuterAsk<R> {

  private final AbstractEndpointRef ref;
  private final Object message;
  private final Class<?> replyType;
  private final RetryPolicy policy;

  RetryingAsk(AbstractEndpointRef ref, Object message, Class<?> replyType, RetryPolicy policy) {
    super(replyType, RpcTimeout.of(policy.attemptTimeout()), "askWithRetry of [" + ref.uri() + "]");
    this.ref = ref;
    this.message = message;
    this.replyType = replyType;
    this.policy = policy;
  }

  RetryingAsk<R> start() {
    attempt(1);
    return this;
  }

  @Override
  public @Nullable Inbox target() {
    return ref.localInbox();
  }

  private void attempt(int number) {
    if (isDone()) {
      return;
    }
    RpcFuture<R> ask;
    try {
      ask = ref.doAsk(message, replyType, timeout());
    } catch (RuntimeException e) {
      fail(e);
      return;
    }
    under(ask);
    ask.whenComplete((reply, failure) -> ended(number, reply, failure));
  }

  private void ended(int number, @Nullable R reply, @Nullable Throwable failure) {
    if (failure == null) {
      succeed(reply);
    } else if (number < policy.attempts() && mayRepeat(failure) && !isDone()) {
      pauseBefore(number + 1);
    } else {
      fail(failure);
    }
  }

  /** The timer makes the next attempt, also without a pause: attempts must not nest. */
  private void pauseBefore(int number) {
    Pause pause = new Pause(policy.interval().isZero() ? Duration.ofNanos(1) : policy.interval());
    pause.whenComplete(
        (nothing, stopped) -> {
          if (stopped == null) {
            attempt(number);
          } else {
            fail(stopped);
          }
        });
    ref.deadlines().add(pause);
  }

  private boolean mayRepeat(Throwable failure) {
    return failure instanceof RpcException e
        && e.retriable()
        && (policy.idempotent() || !e.mayHaveExecuted());
  }
}
