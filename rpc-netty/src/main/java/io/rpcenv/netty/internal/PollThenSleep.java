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

  private final PollTime pollTime;
  private final LongSupplier clock;
  private State state = State.BUSY;
  private long idleSince;

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
    awake();
    if (hasTasks || pollTime.nanos() > 0) {
      int ready = selectNow.get();
      if (hasTasks || ready > 0) {
        if (state == State.POLLING) {
          foundAfter(clock.getAsLong() - idleSince);
        }
        return ready;
      }
    }
    if (state == State.BUSY) {
      state = State.POLLING;
      idleSince = clock.getAsLong();
    }
    if (pollTime.again(idleSince)) {
      return CONTINUE;
    }
    state = State.ASLEEP;
    return SELECT;
  }

  /** Says that there is something to do. */
  void awake() {
    if (isAsleep()) {
      // The wake-up takes about half as long as one polls at most.
      foundAfter(clock.getAsLong() - idleSince - pollTime.longestNanos() / 2);
    }
  }

  /** Tells whether this loop would not know yet if it was woken. */
  boolean isAsleep() {
    return state == State.ASLEEP;
  }

  private void foundAfter(long nanos) {
    pollTime.learn(nanos);
    state = State.BUSY;
  }
}
