// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/**
 * Bounds how many messages of one thread are on their way. The thread that issues them parks when
 * the window is full and is woken once, when a good part of it is free again, so that wake-ups do
 * not dominate.
 */
public final class Window {

  private static final long NEVER = Long.MAX_VALUE;
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

  private final Thread issuer;
  private final int limit;
  private final int refill;
  private final AtomicLong done = new AtomicLong();
  private volatile long wakeAt = NEVER;
  private volatile Throwable failure;
  private long issued;

  /**
   * Creates the window of the thread that calls.
   *
   * @param limit how many may be on their way
   * @param refill how much of that must be free before the thread is woken, in percent
   */
  public Window(int limit, int refill) {
    this.issuer = Thread.currentThread();
    this.limit = limit;
    this.refill = Math.max(1, limit * refill / 100);
  }

  /** Waits until one more may be issued, and counts it; on the issuing thread. */
  public void acquire() throws Exception {
    if (issued - done.get() >= limit) {
      await(issued - limit + refill);
    }
    issued++;
  }

  /** Gives one back; on any thread. */
  public void release() {
    if (done.incrementAndGet() == wakeAt) {
      LockSupport.unpark(issuer);
    }
  }

  /** Gives one back, from the only thread that ever does. */
  public void releaseAlone() {
    long now = done.getPlain() + 1;
    done.set(now);
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
    await(issued);
    if (done.get() != issued) {
      throw new IllegalStateException("issued " + issued + ", but came back " + done.get());
    }
    return issued;
  }

  private void await(long target) throws Exception {
    long start = System.nanoTime();
    wakeAt = target;
    while (done.get() < target) {
      rethrow();
      if (System.nanoTime() - start > PATIENCE) {
        throw new TimeoutException("lost: issued " + issued + ", came back " + done.get());
      }
      LockSupport.parkNanos(this, PATIENCE);
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
