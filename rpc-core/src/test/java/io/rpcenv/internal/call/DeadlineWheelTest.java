// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.call;

import static io.rpcenv.internal.call.DeadlineWheel.TICK_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wheel, on a clock of the test's. */
@Timeout(20)
class DeadlineWheelTest {

  private static final long TURN = 2048 * TICK_NANOS;
  private static final long BEGIN = -5 * TICK_NANOS + 17;

  private final DeadlineWheel wheel = new DeadlineWheel(BEGIN);

  private FakeAsk add(long now, long timeout) {
    FakeAsk ask = FakeAsk.after(now, timeout);
    wheel.add(ask);
    return ask;
  }

  /** RPC-20: within one tick after the deadline, never before it. */
  @ParameterizedTest
  @ValueSource(
      longs = {
        1,
        TICK_NANOS - 1,
        TICK_NANOS,
        TICK_NANOS + 1,
        5 * TICK_NANOS,
        TURN - 1,
        TURN,
        TURN + TICK_NANOS,
        3 * TURN + 5 * TICK_NANOS + 3
      })
  void anAskExpiresWithinOneTickAfterItsDeadline(long timeout) {
    for (long phase = 0; phase < TICK_NANOS; phase += TICK_NANOS / 3) {
      DeadlineWheel each = new DeadlineWheel(BEGIN);
      FakeAsk ask = FakeAsk.after(BEGIN + phase, timeout);
      each.add(ask);
      long now = BEGIN;
      Queue<AskFuture<?>> expired = new ArrayDeque<>();
      while (expired.isEmpty() && now < ask.deadlineNanos() + 3 * TICK_NANOS) {
        now += TICK_NANOS;
        expired = each.tick(now);
      }
      assertThat(expired).containsExactly(ask);
      assertThat(now).isBetween(ask.deadlineNanos(), ask.deadlineNanos() + TICK_NANOS);
      assertThat(each.isEmpty()).isTrue();
      assertThat(each.tick(now + TURN)).isEmpty();
    }
  }

  @Test
  void asksThatShareABucketExpireEachInItsOwnTurn() {
    FakeAsk late = add(BEGIN, TURN + 4 * TICK_NANOS);
    FakeAsk soon = add(BEGIN, 4 * TICK_NANOS);
    FakeAsk soonToo = add(BEGIN, 4 * TICK_NANOS);
    wheel.tick(BEGIN + TICK_NANOS);
    assertThat(tickTo(BEGIN + 2 * TICK_NANOS, BEGIN + 6 * TICK_NANOS))
        .containsExactlyInAnyOrder(soon, soonToo);
    assertThat(wheel.isEmpty()).isFalse();
    assertThat(tickTo(BEGIN + 7 * TICK_NANOS, BEGIN + TURN + 6 * TICK_NANOS)).containsExactly(late);
  }

  private List<AskFuture<?>> tickTo(long from, long to) {
    List<AskFuture<?>> all = new ArrayList<>();
    for (long now = from; now <= to; now += TICK_NANOS) {
      all.addAll(wheel.tick(now));
    }
    return all;
  }

  @Test
  void aLongPauseIsMadeUpFor() {
    List<FakeAsk> asks = new ArrayList<>();
    for (int i = 1; i <= 3000; i++) {
      asks.add(add(BEGIN, i * TICK_NANOS));
    }
    assertThat(wheel.tick(BEGIN)).isEmpty();
    long now = BEGIN + 2500 * TICK_NANOS;
    assertThat(wheel.tick(now)).hasSize(2500).containsAll(asks.subList(0, 2500));
    assertThat(wheel.tick(now)).isEmpty();
    assertThat(wheel.tick(BEGIN + 100 * TURN)).hasSize(500);
    assertThat(wheel.isEmpty()).isTrue();
  }

  @Test
  void aPauseOfExactlyOneTurnLooksAtEachBucket() {
    for (int i = 1; i < 2048; i++) {
      add(BEGIN, i * TICK_NANOS);
    }
    wheel.tick(BEGIN);
    assertThat(wheel.tick(BEGIN + TURN)).hasSize(2047);
  }

  @Test
  void aClockThatStandsStillExpiresNothingTwice() {
    FakeAsk ask = add(BEGIN, TICK_NANOS);
    long now = BEGIN + 2 * TICK_NANOS;
    assertThat(wheel.tick(now)).containsExactly(ask);
    assertThat(wheel.tick(now)).isEmpty();
    FakeAsk next = add(now, 3 * TICK_NANOS);
    assertThat(wheel.tick(now)).isEmpty();
    assertThat(wheel.tick(now - TICK_NANOS)).isEmpty();
    assertThat(tickTo(now, now + 4 * TICK_NANOS)).containsExactly(next);
  }

  @Test
  void removedAsksDoNotExpire() {
    FakeAsk a = add(BEGIN, 3 * TICK_NANOS);
    FakeAsk b = add(BEGIN, 3 * TICK_NANOS);
    FakeAsk c = add(BEGIN, 3 * TICK_NANOS);
    FakeAsk d = add(BEGIN, 3 * TICK_NANOS);
    wheel.remove(b);
    wheel.remove(b);
    wheel.tick(BEGIN + TICK_NANOS);
    wheel.remove(c);
    wheel.remove(FakeAsk.after(BEGIN, 1));
    assertThat(wheel.isEmpty()).isFalse();
    assertThat(tickTo(BEGIN + 2 * TICK_NANOS, BEGIN + 5 * TICK_NANOS))
        .containsExactlyInAnyOrder(a, d);
    assertThat(wheel.isEmpty()).isTrue();
    wheel.remove(a);
    assertThat(wheel.isEmpty()).isTrue();
  }

  @Test
  void drainingLetsGoOfAll() {
    FakeAsk sorted = add(BEGIN, TURN);
    wheel.tick(BEGIN + TICK_NANOS);
    FakeAsk fresh = add(BEGIN + TICK_NANOS, TURN);
    assertThat(wheel.drain()).containsExactlyInAnyOrder(sorted, fresh);
    assertThat(wheel.isEmpty()).isTrue();
    assertThat(wheel.drain()).isEmpty();
    assertThat(wheel.tick(BEGIN + 3 * TURN)).isEmpty();
    wheel.add(sorted);
    assertThat(wheel.isEmpty()).as("a drained ask may come back").isFalse();
  }

  @Test
  void anExpiredAskMayAddAnother() {
    FakeAsk first = add(BEGIN, TICK_NANOS);
    FakeAsk second = FakeAsk.after(BEGIN, TICK_NANOS + 1);
    first.whenExpired = () -> wheel.add(second);
    long now = BEGIN + 2 * TICK_NANOS;
    wheel.tick(now).forEach(ask -> ask.expired(now));
    assertThat(wheel.isEmpty()).isFalse();
    assertThat(wheel.tick(now)).containsExactly(second);
  }

  /** Against a list that is simply looked through. */
  @Test
  void agreesWithAnExhaustiveSearch() {
    Random random = new Random(7);
    List<FakeAsk> model = new ArrayList<>();
    long now = BEGIN;
    for (int round = 0; round < 3000; round++) {
      for (int i = random.nextInt(5); i > 0; i--) {
        model.add(add(now, 1 + (long) (random.nextDouble() * 2.5 * TURN)));
      }
      if (!model.isEmpty() && random.nextInt(3) == 0) {
        wheel.remove(model.remove(random.nextInt(model.size())));
      }
      now += random.nextInt(20) == 0 ? random.nextInt(300) * TICK_NANOS : TICK_NANOS;
      for (AskFuture<?> ask : wheel.tick(now)) {
        assertThat(model.remove(ask)).as("in the wheel, once").isTrue();
        assertThat(ask.deadlineNanos()).isLessThanOrEqualTo(now);
      }
      long limit = now - TICK_NANOS;
      assertThat(model).allMatch(ask -> ask.deadlineNanos() > limit);
    }
    assertThat(wheel.drain()).hasSameSizeAs(model);
  }
}
