// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.queue;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A bound on bytes held. One message always fits an empty budget. Thread-safe.
 *
 * <p>Who takes and who gives back are different threads, mostly on different processors. Each has a
 * sum of its own, which only grows, in a cache line of its own; what is held is the difference. Who
 * takes looks at the other's sum only when the one it saw last leaves too little.
 */
public final class ByteBudget {

  private static final long CLOSED = Long.MIN_VALUE;

  // Places in the array, in two cache lines of 64 bytes wherever it begins, and not in that of its
  // length, which both sides read.
  private static final int TAKEN = 8;
  private static final int GIVEN_SEEN = 9;
  private static final int GIVEN = 18;
  private static final int WORDS = 27;

  private final AtomicLongArray words = new AtomicLongArray(WORDS);
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
    long taken = words.get(TAKEN);
    while (taken >= 0 && hasRoom(taken, own, bytes)) {
      long witness = words.compareAndExchange(TAKEN, taken, taken + bytes);
      if (witness == taken) {
        return true;
      }
      taken = witness;
    }
    return false;
  }

  /**
   * Returns whether more may be taken. What is given back after the look makes more room, and what
   * is taken after it lets the exchange above fail: a yes holds.
   */
  private boolean hasRoom(long taken, long own, long bytes) {
    if (taken - words.getOpaque(GIVEN_SEEN) + bytes <= max) {
      return true;
    }
    long given = words.get(GIVEN);
    words.setOpaque(GIVEN_SEEN, given);
    long held = taken - given;
    return held <= own || held + bytes <= max;
  }

  /**
   * Takes bytes, whatever is held: they were taken before, and given back too early.
   *
   * @param bytes how many
   */
  public void take(long bytes) {
    words.getAndAdd(TAKEN, bytes);
  }

  /**
   * Gives bytes back.
   *
   * @param bytes how many
   */
  public void giveBack(long bytes) {
    words.getAndAdd(GIVEN, bytes);
  }

  /**
   * Closes it for good, if nothing is held: nothing can be taken any more.
   *
   * @return whether it is closed
   */
  public boolean close() {
    return words.compareAndSet(TAKEN, words.get(GIVEN), CLOSED) || isClosed();
  }

  /** Returns whether it is closed. */
  public boolean isClosed() {
    return words.get(TAKEN) < 0;
  }

  /** Returns the bytes held. */
  public long held() {
    long taken = words.get(TAKEN);
    return taken < 0 ? 0 : Math.max(0, taken - words.get(GIVEN));
  }

  /** Returns the bound, in bytes. */
  public long max() {
    return max;
  }
}
