// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pending answer of an ask.
 *
 * <p>Whatever completes it, and whoever does, the pending entry is removed and the receiver is told
 * that nobody waits any more: a reply, a failure, the deadline, {@link #abort}, {@link #cancel}, or
 * one of the {@code complete} methods called by the user (which count as an abort).
 *
 * <p>Dependent stages are plain {@link CompletableFuture}s: cancelling one of those does not reach
 * the ask, so keep this first stage to cancel. A stage added without an executor runs on the thread
 * that completes this future, usually a network thread, and must not block.
 *
 * <p>{@link #get} and {@link #join} block and so throw {@link IllegalStateException} at once on a
 * network thread, and on the thread of a serial endpoint that would wait for itself.
 *
 * @param <T> the type of the reply
 */
public abstract class RpcFuture<T> extends CompletableFuture<T> {

  /** Creates a pending future; only an {@link RpcEnv} has use for that. */
  protected RpcFuture() {}

  /**
   * Gives up waiting: completes this future with {@code cause} and tells the receiver.
   *
   * @param cause what {@link #get} reports as the cause, not null
   * @return true if this call completed the future, false if it was complete already
   */
  public abstract boolean abort(Throwable cause);

  /** Returns a plain future, so that dependents never pose as asks. */
  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }

  /**
   * Not supported: the answer of an ask comes from its receiver.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
    throw new UnsupportedOperationException("completeAsync: an ask is completed by its receiver");
  }

  /**
   * Not supported: the answer of an ask comes from its receiver.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier) {
    throw new UnsupportedOperationException("completeAsync: an ask is completed by its receiver");
  }

  /**
   * Not supported: an ask ends once.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public void obtrudeValue(@Nullable T value) {
    throw new UnsupportedOperationException("obtrudeValue: an ask ends once");
  }

  /**
   * Not supported: an ask ends once.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public void obtrudeException(Throwable cause) {
    throw new UnsupportedOperationException("obtrudeException: an ask ends once");
  }
}
