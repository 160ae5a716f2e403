// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import io.rpcenv.internal.call.AskFuture;
import io.rpcenv.internal.call.DeadlineWheel;
import io.rpcenv.transport.TransportLoop;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A network loop with the deadlines of the asks of its peers. Confined to the loop. */
public final class PeerLoop {

  private static final Logger LOG = LoggerFactory.getLogger(PeerLoop.class);

  private final TransportLoop loop;
  private final DeadlineWheel wheel;
  private boolean ticking;
  private volatile boolean ended;

  /**
   * Makes the core's half of a loop.
   *
   * @param loop the transport's half
   */
  public PeerLoop(TransportLoop loop) {
    this.loop = loop;
    this.wheel = new DeadlineWheel(loop.nanoTime());
  }

  TransportLoop loop() {
    return loop;
  }

  void watch(AskFuture<?> ask) {
    assert loop.inLoop();
    wheel.add(ask);
    if (!ticking) {
      ticking = true;
      loop.schedule(this::tick, DeadlineWheel.TICK_NANOS);
    }
  }

  /** Says that the loop has ended: its peers are confined to whoever clears up after it. */
  void ended() {
    ended = true;
  }

  void unwatch(AskFuture<?> ask) {
    assert ended || loop.inLoop();
    wheel.remove(ask);
  }

  private void tick() {
    long now = loop.nanoTime();
    try {
      Queue<AskFuture<?>> expired = wheel.tick(now);
      for (AskFuture<?> ask = expired.poll(); ask != null; ask = expired.poll()) {
        expire(ask, now);
      }
    } finally {
      ticking = !wheel.isEmpty();
      if (ticking) {
        loop.schedule(this::tick, DeadlineWheel.TICK_NANOS);
      }
    }
  }

  private static void expire(AskFuture<?> ask, long now) {
    try {
      ask.expired(now);
    } catch (Throwable t) {
      LOG.error("an ask that timed out could not be ended", t);
    }
  }
}
