// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcTimeout;
import io.rpcenv.internal.call.AskFuture;
import io.rpcenv.internal.dispatch.Inbox;
import io.rpcenv.testing.memory.StepLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deadlines on a network loop, whatever an ask does when its own has passed. */
@Timeout(20)
class PeerLoopTest {

  private final StepLoop loop = new StepLoop();
  private final PeerLoop peerLoop = new PeerLoop(loop);

  private static final class Ask extends AskFuture<Object> {

    private final boolean throwing;
    private int expired;

    Ask(StepLoop loop, Duration timeout, boolean throwing) {
      super(Object.class, RpcTimeout.of(timeout), loop.nanoTime());
      this.throwing = throwing;
    }

    @Override
    public void expired(long nowNanos) {
      expired++;
      if (throwing) {
        throw new IllegalStateException("cannot be ended");
      }
    }

    @Override
    protected void abandoned() {
      throw new AssertionError("nobody abandons it");
    }

    @Override
    public @Nullable Inbox target() {
      return null;
    }

    @Override
    protected String describe() {
      return "an ask";
    }
  }

  private Ask watch(Duration timeout, boolean throwing) {
    Ask ask = new Ask(loop, timeout, throwing);
    loop.run(() -> peerLoop.watch(ask));
    return ask;
  }

  /** RPC-16: one ask that cannot be ended takes no other's deadline. */
  @Test
  void ticksOnAfterAnAskThatCouldNotBeEnded() {
    Ask bad = watch(Duration.ofMillis(50), true);
    Ask same = watch(Duration.ofMillis(50), false);
    Ask later = watch(Duration.ofMillis(500), false);
    loop.advance(Duration.ofMillis(100));
    assertThat(bad.expired).isEqualTo(1);
    assertThat(same.expired).isEqualTo(1);
    Ask newer = watch(Duration.ofMillis(50), false);
    loop.advance(Duration.ofSeconds(1));
    assertThat(later.expired).isEqualTo(1);
    assertThat(newer.expired).isEqualTo(1);
    assertThat(loop.pending()).isZero();
  }

  /** RPC-16: the longest duration there is is no fault and never over. */
  @Test
  void theLongestTimeoutIsNeverOver() {
    Ask endless = watch(Duration.ofSeconds(Long.MAX_VALUE), false);
    Ask other = watch(Duration.ofMillis(50), false);
    loop.advance(Duration.ofSeconds(5));
    assertThat(other.expired).isEqualTo(1);
    assertThat(endless.expired).isZero();
    loop.run(() -> peerLoop.unwatch(endless));
    loop.advance(Duration.ofSeconds(1));
    assertThat(loop.pending()).isZero();
  }
}
