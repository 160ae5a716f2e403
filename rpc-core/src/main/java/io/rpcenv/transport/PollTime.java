// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.transport;

import io.rpcenv.RpcConf;
import io.rpcenv.RpcConfKeys;
import java.util.function.LongSupplier;

/**
 * How long a thread that finds nothing to do polls before it sleeps. It is learnt from how long
 * there was nothing: if that was short, polling would have been cheaper than a sleep and its
 * wake-up, so the next one polls longer; otherwise shorter, down to not at all. Linux does the same
 * for virtual processors that halt ({@code halt_poll_ns}). A thread polls for half of the longest
 * time at most, or for four times as long as it has worked before: where much is done between two
 * pauses, they may be longer before polling costs more than it saves.
 *
 * <p>Between two looks the processor is given away. If it comes back late, and there is something
 * to do by then, others need it: a thread that sleeps would have been let in before them, one that
 * polls waits for its turn. That may take up a fiftieth of the time, reckoned over half a second;
 * then nobody polls until it is less again. What is longer than a turn is a JVM or a machine that
 * stood still, and counts as one turn.
 *
 * <p>For one that polls at a time; which thread that is may change.
 */
public final class PollTime {

  private static final int STEPS = 16;

  /** How long the processor may be away; a thread that computes keeps it for longer. */
  private static final long LATE_NANOS = 500_000;

  /** How long others keep it at most before it is this thread's turn. */
  private static final long TURN_NANOS = 10_000_000;

  /** How much longer than the processor was away the others are left alone. */
  private static final int REST = 50;

  /** How far ahead of that the processor may be away. */
  private static final long CREDIT_NANOS = 500_000_000;

  /** How much longer than it has worked before a thread polls at most. */
  private static final int TIMES_WORK = 4;

  private final long longestNanos;
  private final LongSupplier clock;
  private volatile long nanos;
  private volatile long paidUntil;

  /** Since when a thread has had something to do, and from when on it had no more. */
  private volatile long busySince;

  private volatile long idleSince;

  /** The longest time for who idles now. */
  private volatile long allowedNanos;

  /** How long the processor was away before the last look. */
  private volatile long awayNanos;

  /**
   * Makes one that begins with not at all.
   *
   * @param conf the longest: {@code rpc.poll.maxTime}
   * @param clock in nanoseconds
   */
  public PollTime(RpcConf conf, LongSupplier clock) {
    this.longestNanos = conf.get(RpcConfKeys.POLL_MAX_TIME).toNanos();
    this.clock = clock;
    long now = clock.getAsLong();
    this.paidUntil = now;
    this.busySince = now;
    this.idleSince = now;
    this.allowedNanos = longestNanos / 2;
  }

  /** Returns for how long one polls that finds nothing now, in nanoseconds. */
  public long nanos() {
    return nanos;
  }

  /**
   * Asks whether to look again. If so, the processor has been given away before.
   *
   * @param idleSince when this thread found nothing first, by the clock
   * @return whether to look again, rather than to sleep
   */
  @SuppressWarnings("ThreadPriorityCheck") // whoever runs instead may have work for this thread
  public boolean again(long idleSince) {
    if (idleSince != this.idleSince) {
      this.idleSince = idleSince;
      long worked = Math.max(0, idleSince - busySince);
      allowedNanos = Math.min(longestNanos, Math.max(longestNanos / 2, TIMES_WORK * worked));
    }
    if (nanos == 0) {
      return false;
    }
    long now = clock.getAsLong();
    if (now - idleSince >= Math.min(nanos, allowedNanos) || paidUntil - now > CREDIT_NANOS) {
      return false;
    }
    Thread.yield();
    awayNanos = clock.getAsLong() - now;
    return true;
  }

  /**
   * Learns from one that was told to look again, and then found something.
   *
   * @param idleNanos how long it took until there was something, in nanoseconds
   */
  public void found(long idleNanos) {
    if (awayNanos > LATE_NANOS) { // what it has found waited for it meanwhile
      long now = clock.getAsLong();
      paidUntil = now + Math.max(0, paidUntil - now) + REST * Math.min(awayNanos, TURN_NANOS);
    }
    learn(idleNanos);
  }

  /**
   * Learns from one that fell asleep.
   *
   * @param idleNanos how long it took until there was something, in nanoseconds, the wake-up
   *     excluded
   */
  public void learn(long idleNanos) {
    busySince = clock.getAsLong();
    long before = nanos;
    long shortest = longestNanos / STEPS;
    long next =
        idleNanos <= allowedNanos
            ? Math.min(longestNanos, Math.max(shortest, 2 * before))
            : before / 2;
    next = next < shortest ? 0 : next;
    if (next != before) {
      nanos = next;
    }
  }
}
