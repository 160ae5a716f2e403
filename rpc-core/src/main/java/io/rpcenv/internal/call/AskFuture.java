// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.call;

import io.rpcenv.RpcFuture;
import io.rpcenv.RpcTimeout;
import io.rpcenv.RpcUnexpectedReplyException;
import io.rpcenv.internal.dispatch.Inbox;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The asker's end of an ask: the future, and its own entry in a {@link DeadlineWheel}.
 *
 * <p>The library completes it with {@link #succeed} and {@link #fail}; whatever else completes it
 * is the user's doing and leads to {@link #abandoned}.
 *
 * @param <T> the reply
 */
public abstract class AskFuture<T> extends RpcFuture<T> {

  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

  private final Class<?> replyType;
  private final RpcTimeout timeout;
  private final long startNanos;
  private final long deadlineNanos;

  // The entry in a wheel, confined to whatever confines the wheel.
  @Nullable AskFuture<?> wheelNext;
  @Nullable AskFuture<?> wheelPrevious;
  int bucket = DeadlineWheel.NOWHERE;

  /** Whether it has left the intake of {@link LocalDeadlines}. */
  volatile boolean sorted;

  /**
   * Makes a pending ask.
   *
   * @param replyType what the reply must be an instance of
   * @param timeout how long to wait, and what controls that
   * @param startNanos now, on the clock of the wheel that it will be in
   */
  protected AskFuture(Class<?> replyType, RpcTimeout timeout, long startNanos) {
    this.replyType =
        replyType.isPrimitive() ? MethodType.methodType(replyType).wrap().returnType() : replyType;
    this.timeout = timeout;
    this.startNanos = startNanos;
    this.deadlineNanos = startNanos + saturatedNanos(timeout.duration());
  }

  /** Half of the clock's range at most, so that the difference of two instants has its sign. */
  private static long saturatedNanos(Duration duration) {
    return duration.compareTo(LONGEST) < 0 ? duration.toNanos() : LONGEST.toNanos();
  }

  /** Returns how long it may take, and what controls that. */
  protected final RpcTimeout timeout() {
    return timeout;
  }

  /** Returns when it was asked, on the wheel's clock. */
  protected final long startNanos() {
    return startNanos;
  }

  final long deadlineNanos() {
    return deadlineNanos;
  }

  /**
   * Runs when the deadline has passed. The wheel has let go of it.
   *
   * @param nowNanos now, on the wheel's clock
   */
  public abstract void expired(long nowNanos);

  /** Runs after the user completed, cancelled or aborted it. On the user's thread. */
  protected abstract void abandoned();

  /**
   * Returns the local endpoint whose thread is to answer: null if the endpoint is not local, or its
   * handler has left the answer to others. Any thread.
   */
  public abstract @Nullable Inbox target();

  /**
   * Returns whether its handler may have run or may still run, after it ended here without an
   * answer; what has not been written by then never is. Any thread. The default knows nothing.
   */
  public boolean mayHaveExecuted() {
    return true;
  }

  /** Returns what is asked of whom, for texts. */
  protected abstract String describe();

  /** Returns what is asked of whom. */
  protected static String describe(String messageClass, String uri) {
    return "ask of [" + messageClass + "] to [" + uri + "]";
  }

  /**
   * Returns what is said of an ask that timed out.
   *
   * @param what what was asked of whom
   * @param millis how long it took
   * @param place where it was stuck
   * @param peer who was to answer
   * @param timeout how long it might have taken
   */
  protected static String timeoutText(
      String what, long millis, String place, String peer, RpcTimeout timeout) {
    return what
        + " timed out after "
        + millis
        + " ms, "
        + place
        + " (peer "
        + peer
        + "), "
        + timeout.controlledBy();
  }

  /**
   * Completes it with the reply, or with a failure if that is of another class than was asked for.
   *
   * @param reply the reply
   * @return true if that completed it
   */
  @SuppressWarnings("unchecked") // checked against the class
  public final boolean succeed(@Nullable Object reply) {
    if (reply == null || replyType.isInstance(reply)) {
      return super.complete((T) reply);
    }
    return fail(new RpcUnexpectedReplyException(replyType.getName(), reply.getClass().getName()));
  }

  /**
   * Completes it with a failure.
   *
   * @param cause why it failed
   * @return true if that completed it
   */
  public final boolean fail(Throwable cause) {
    return super.completeExceptionally(cause);
  }

  // What users do

  @Override
  public final boolean abort(@Nullable Throwable cause) {
    if (cause == null) {
      throw new IllegalArgumentException("cause: null (expected: why nobody waits any more)");
    }
    return completeExceptionally(cause);
  }

  @Override
  public final boolean complete(@Nullable T value) {
    return thenAbandon(super.complete(value));
  }

  @Override
  public final boolean completeExceptionally(Throwable cause) {
    return thenAbandon(super.completeExceptionally(cause));
  }

  @Override
  public final boolean cancel(boolean mayInterruptIfRunning) {
    boolean before = isDone();
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    thenAbandon(cancelled && !before);
    return cancelled;
  }

  private boolean thenAbandon(boolean won) {
    if (won) {
      abandoned();
    }
    return won;
  }

  /**
   * Waits, on a thread that is in a {@link WaitGuard} already.
   *
   * @throws InterruptedException if this thread is interrupted
   * @throws ExecutionException around what it failed with
   */
  public final T awaitGuarded() throws InterruptedException, ExecutionException {
    return super.get();
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    if (isDone()) {
      return super.get();
    }
    WaitGuard guard = WaitGuard.enter(this::target, describe());
    try {
      return super.get();
    } finally {
      guard.end();
    }
  }

  @Override
  public T get(long time, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (isDone() || time <= 0) {
      return super.get(time, unit);
    }
    WaitGuard guard = WaitGuard.enter(this::target, describe());
    try {
      return super.get(time, unit);
    } finally {
      guard.end();
    }
  }

  @Override
  public T join() {
    if (isDone()) {
      return super.join();
    }
    WaitGuard guard = WaitGuard.enter(this::target, describe());
    try {
      return super.join();
    } finally {
      guard.end();
    }
  }
}
