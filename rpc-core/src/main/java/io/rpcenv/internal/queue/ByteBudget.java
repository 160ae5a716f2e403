// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.queue;

import java.util.concurrent.atomic.AtomicLong;

/** A bound on bytes held. One message always fits an empty budget. Thread-safe. */
public final class ByteBudget {

  private static final long CLOSED = -1;

  private final AtomicLong held = new AtomicLong();
  private final long max;

  /**
   * Makes an empty budget.
   *
   * @param max the bound, in bytes
   */
  public ByteBudget(long max) {
    this.max = max;
  }

  /**
   * Takes bytes, unless that would be too much. What is refused is never counted, not for an
   * instant: another thread's smaller message must not be refused because of it.
   *
   * @param bytes how many
   * @return true if they were taken
   */
  public boolean tryTake(long bytes) {
    return tryGrow(0, bytes);
  }

  /**
   * Takes more bytes for a message that holds some already, unless that would be too much.
   *
   * @param own what the message holds so far
   * @param bytes how many more
   * @return true if they were taken
   */
  public boolean tryGrow(long own, long bytes) {
    long before = held.get();
    while (before != CLOSED && (before == own || before + bytes <= max)) {
      long witness = held.compareAndExchange(before, before + bytes);
      if (witness == before) {
        return true;
      }
      before = witness;
    }
    return false;
  }

  /**
   * Takes bytes, whatever is held: they were taken before, and given back too early.
   *
   * @param bytes how many
   */
  public void take(long bytes) {
    held.getAndAdd(bytes);
  }

  /**
   * Gives bytes back.
   *
   * @param bytes how many
   */
  public void giveBack(long bytes) {
    held.getAndAdd(-bytes);
  }

  /**
   * Closes it for good, if nothing is held: nothing can be taken any more.
   *
   * @return whether it is closed
   */
  public boolean close() {
    return held.compareAndSet(0, CLOSED) || isClosed();
  }

  /** Returns whether it is closed. */
  public boolean isClosed() {
    return held.get() == CLOSED;
  }

  /** Returns the bytes held. */
  public long held() {
    return Math.max(0, held.get());
  }

  /** Returns the bound, in bytes. */
  public long max() {
    return max;
  }
}
