// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import io.rpcenv.RpcConf;
import io.rpcenv.transport.PollTime;
import java.util.function.LongSupplier;

/**
 * Has a loop that finds neither task nor event poll for a while before it sleeps, and give its
 * processor away between two looks. A loop that polls need not be woken by who gives it a task.
 * Confined to the loop.
 */
final class PollThenSleep implements SelectStrategy {

  private enum State {
    BUSY,
    POLLING,
    ASLEEP
  }

  /** What a wake-up takes, about, in nanoseconds. */
  private static final long WAKE_UP_NANOS = 25_000;

  private final PollTime pollTime;
  private final LongSupplier clock;
  private State state = State.BUSY;
  private long idleSince;
  private long polledNanos;

  /**
   * Makes the strategy of one loop.
   *
   * @param conf how long it polls
   * @param clock in nanoseconds
   */
  PollThenSleep(RpcConf conf, LongSupplier clock) {
    this.pollTime = new PollTime(conf, clock);
    this.clock = clock;
  }

  @Override
  public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
    if (hasTasks) {
      awake();
      return selectNow.get();
    }
    if (state == State.ASLEEP) {
      return SELECT; // nothing was reported: it was woken in vain, as NIO does after each task
    }
    if (pollTime.nanos() > 0) {
      int ready = selectNow.get();
      if (ready > 0) {
        awake();
        return ready;
      }
    }
    return pollOrSleep();
  }

  private int pollOrSleep() {
    if (state == State.BUSY) {
      state = State.POLLING;
      idleSince = clock.getAsLong();
    }
    if (pollTime.again(idleSince)) {
      return CONTINUE;
    }
    state = State.ASLEEP;
    polledNanos = clock.getAsLong() - idleSince;
    return SELECT;
  }

  /** Says that there is something to do. */
  void awake() {
    if (state != State.BUSY) {
      long nanos = clock.getAsLong() - idleSince;
      if (state == State.ASLEEP) {
        pollTime.learn(Math.max(polledNanos + 1, nanos - WAKE_UP_NANOS));
      } else {
        pollTime.found(nanos);
      }
      state = State.BUSY;
    }
  }

  /** Tells whether this loop went to sleep, and nothing has been reported since. */
  boolean isAsleep() {
    return state == State.ASLEEP;
  }

  /** Returns for how long this loop polls now, in nanoseconds. */
  long pollNanos() {
    return pollTime.nanos();
  }
}
