// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.call;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The deadlines of pending asks: a hashed wheel with an intake in front. Not thread-safe.
 *
 * <p>A new ask goes to the intake; only what is still pending at the next tick is sorted into a
 * bucket. Completion unlinks at once. Most asks therefore cost two list operations and no look at
 * their deadline. The idea of hashed wheels is Varghese and Lauck's (1987).
 */
public final class DeadlineWheel {

  /** The time between ticks: how late a deadline may be noticed. */
  public static final long TICK_NANOS = 10_000_000;

  static final int NOWHERE = -1;
  private static final int BUCKETS = 2048;
  private static final int INTAKE = BUCKETS;

  private final @Nullable AskFuture<?>[] lists = new AskFuture<?>[BUCKETS + 1];
  private final long originNanos;
  private long lastTick;
  private int size;

  /**
   * Makes an empty wheel.
   *
   * @param nowNanos now, on the clock whose times it will be given
   */
  public DeadlineWheel(long nowNanos) {
    this.originNanos = nowNanos;
  }

  /** Returns whether there is nothing to wait for. */
  public boolean isEmpty() {
    return size == 0;
  }

  /**
   * Takes in an ask.
   *
   * @param ask the ask, in no wheel
   */
  public void add(AskFuture<?> ask) {
    link(ask, INTAKE);
    size++;
  }

  /**
   * Lets go of an ask, if it is in here.
   *
   * @param ask the ask
   */
  public void remove(AskFuture<?> ask) {
    if (ask.bucket != NOWHERE) {
      unlink(ask);
      size--;
    }
  }

  /**
   * Lets go of every ask whose deadline has passed.
   *
   * @param nowNanos now
   * @return those asks, for the caller to take out and tell, one by one: what they do may come back
   *     to this wheel, and a million of them are not to be kept together with what they end in
   */
  public Queue<AskFuture<?>> tick(long nowNanos) {
    Queue<AskFuture<?>> expired = new ArrayDeque<>();
    sortIntake(nowNanos, expired);
    long now = tickOf(nowNanos);
    // After a pause longer than a turn one look at each bucket is enough.
    for (long t = Math.max(lastTick + 1, now - BUCKETS + 1); t <= now; t++) {
      collect((int) (t & (BUCKETS - 1)), nowNanos, expired);
    }
    lastTick = Math.max(lastTick, now);
    return expired;
  }

  /** Lets go of every ask and returns them. */
  public List<AskFuture<?>> drain() {
    List<AskFuture<?>> all = new ArrayList<>(size);
    for (int i = 0; i <= INTAKE; i++) {
      for (AskFuture<?> ask = lists[i]; ask != null; ask = lists[i]) {
        remove(ask);
        all.add(ask);
      }
    }
    return all;
  }

  private void sortIntake(long nowNanos, Queue<AskFuture<?>> expired) {
    for (AskFuture<?> ask = lists[INTAKE]; ask != null; ask = lists[INTAKE]) {
      unlink(ask);
      if (ask.deadlineNanos() - nowNanos <= 0) {
        size--;
        expired.add(ask);
      } else {
        // One up: the tick before the deadline must not be the one that looks.
        link(ask, (int) ((tickOf(ask.deadlineNanos()) + 1) & (BUCKETS - 1)));
      }
    }
  }

  private void collect(int bucket, long nowNanos, Queue<AskFuture<?>> expired) {
    AskFuture<?> next;
    for (AskFuture<?> ask = lists[bucket]; ask != null; ask = next) {
      next = ask.wheelNext;
      if (ask.deadlineNanos() - nowNanos <= 0) {
        remove(ask);
        expired.add(ask);
      }
    }
  }

  private long tickOf(long nanos) {
    return Math.floorDiv(nanos - originNanos, TICK_NANOS);
  }

  private void link(AskFuture<?> ask, int list) {
    AskFuture<?> first = lists[list];
    ask.bucket = list;
    ask.wheelNext = first;
    ask.wheelPrevious = null;
    if (first != null) {
      first.wheelPrevious = ask;
    }
    lists[list] = ask;
  }

  private void unlink(AskFuture<?> ask) {
    AskFuture<?> next = ask.wheelNext;
    AskFuture<?> previous = ask.wheelPrevious;
    if (previous == null) {
      lists[ask.bucket] = next;
    } else {
      previous.wheelNext = next;
    }
    if (next != null) {
      next.wheelPrevious = previous;
    }
    ask.wheelNext = null;
    ask.wheelPrevious = null;
    ask.bucket = NOWHERE;
  }
}
