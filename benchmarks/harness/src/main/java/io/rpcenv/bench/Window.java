// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/**
 * Bounds how many messages of one thread are on their way. The thread that issues them parks when
 * the window is full and is woken once, when a good part of it is free again, so that wake-ups do
 * not dominate. What the issuing thread writes and what those write who give places back lies in
 * cache lines of their own, and each looks at the other's only when it has to.
 */
public final class Window {

  private static final long NEVER = Long.MAX_VALUE;
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);
  private static final long BETWEEN_LOOKS_AT_THE_END = TimeUnit.MICROSECONDS.toNanos(50);

  // Places in an array of longs that have their cache lines to themselves.
  private static final int PADDED = 32;
  private static final int DONE = 16;
  private static final int ISSUED = 15;
  private static final int KNOWN_DONE = 16;

  private final Thread issuer;
  private final int limit;
  private final int refill;
  private final int step;
  private final long patience;
  private final AtomicLongArray done = new AtomicLongArray(PADDED);
  private final long[] own = new long[PADDED];
  private volatile long wakeAt = NEVER;
  private volatile Throwable failure;

  /**
   * Creates the window of the thread that calls, for asks, which end on any thread.
   *
   * @param limit how many may be on their way
   * @param refill how much of that must be free before the thread is woken, in percent
   */
  public Window(int limit, int refill) {
    this(limit, refill, 1, PATIENCE);
  }

  /** With another patience than usual, in nanoseconds. */
  Window(int limit, int refill, int step, long patience) {
    this.issuer = Thread.currentThread();
    this.limit = limit;
    this.refill = Math.max(step, limit * refill / 100);
    this.step = step;
    this.patience = patience;
  }

  /**
   * Creates one for messages that end one after the other: whether to wake is asked now and then.
   */
  static Window oneWay(int limit, int refill) {
    return new Window(limit, refill, 32, PATIENCE);
  }

  /** Waits until one more may be issued, and counts it; on the issuing thread. */
  public void acquire() throws Exception {
    long issued = own[ISSUED];
    if (issued - own[KNOWN_DONE] >= limit) {
      own[KNOWN_DONE] = done.get(DONE);
      if (issued - own[KNOWN_DONE] >= limit) {
        long target = issued - limit + refill;
        await(target - target % step, patience);
        own[KNOWN_DONE] = done.get(DONE);
      }
    }
    own[ISSUED] = issued + 1;
  }

  /** Gives one back; on any thread. */
  public void release() {
    if (done.incrementAndGet(DONE) == wakeAt) {
      LockSupport.unpark(issuer);
    }
  }

  /** Gives one back, from the only thread that ever does. */
  void releaseAlone() {
    long now = done.getPlain(DONE) + 1;
    if (now % step != 0) {
      done.setRelease(DONE, now);
      return;
    }
    done.set(DONE, now);
    if (now == wakeAt) {
      LockSupport.unpark(issuer);
    }
  }

  /** Makes the run fail; on any thread. */
  public void fail(Throwable cause) {
    failure = cause;
    LockSupport.unpark(issuer);
  }

  /** Returns what takes the answer to this ask, checks it and gives its place back. */
  public BiConsumer<Sample, Throwable> expecting(long id) {
    return new SmallAsk(this, id);
  }

  /** Waits for all that were issued, and checks that no more came back than that. */
  public long drain() throws Exception {
    long issued = own[ISSUED];
    await(issued, step == 1 ? patience : BETWEEN_LOOKS_AT_THE_END);
    if (done.get(DONE) != issued) {
      throw new IllegalStateException("issued " + issued + ", but came back " + done.get(DONE));
    }
    return issued;
  }

  private void await(long target, long betweenLooks) throws Exception {
    long start = System.nanoTime();
    wakeAt = target;
    while (done.get(DONE) < target) {
      rethrow();
      if (System.nanoTime() - start > patience) {
        throw new TimeoutException("lost: issued " + own[ISSUED] + ", came back " + done.get(DONE));
      }
      LockSupport.parkNanos(this, betweenLooks);
    }
    wakeAt = NEVER;
    rethrow();
  }

  private void rethrow() throws Exception {
    Throwable cause = failure;
    if (cause != null) {
      throw new IllegalStateException(cause.toString(), cause);
    }
  }
}
