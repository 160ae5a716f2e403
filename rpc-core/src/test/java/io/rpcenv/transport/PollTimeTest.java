// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcConf;
import io.rpcenv.RpcConfKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How long one polls that finds nothing: by what was learnt, and while the processor comes back.
 */
@Timeout(10)
class PollTimeTest {

  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;

  /** The end of the range of a clock: it goes on at its beginning. */
  private long now = Long.MAX_VALUE - MILLI;

  /** How far the clock goes on each time it is read: how long the processor is away. */
  private long away = MICRO;

  private final PollTime time = pollTime(Duration.ofNanos(50 * MICRO));

  private PollTime pollTime(Duration longest) {
    RpcConf conf = RpcConf.builder().set(RpcConfKeys.POLL_MAX_TIME, longest).build();
    return new PollTime(conf, () -> now += away);
  }

  private List<Long> learnt(int times, long idleNanos) {
    List<Long> learnt = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      time.learn(idleNanos);
      learnt.add(time.nanos());
    }
    return learnt;
  }

  /** How often one looks again who finds nothing from now on. */
  private int looks() {
    long idleSince = now;
    int looks = 0;
    while (time.again(idleSince)) {
      looks++;
    }
    return looks;
  }

  @Test
  void whatWasShortMakesItLongerAndWhatWasLongShorter() {
    assertThat(time.nanos()).isZero();
    assertThat(learnt(6, 50 * MICRO))
        .containsExactly(3_125L, 6_250L, 12_500L, 25_000L, 50_000L, 50_000L);
    assertThat(learnt(6, 50 * MICRO + 1)).containsExactly(25_000L, 12_500L, 6_250L, 3_125L, 0L, 0L);
  }

  @Test
  void oneThatNeverPolledSleepsAtOnce() {
    assertThat(looks()).isZero();
  }

  @Test
  void onePollsForAsLongAsWasLearnt() {
    learnt(1, 0);
    assertThat(looks()).as("at 1 and 3 us").isEqualTo(2);
    learnt(1, 0);
    assertThat(looks()).as("at 1, 3 and 5 us").isEqualTo(3);
    time.learn(MILLI);
    time.learn(MILLI);
    assertThat(looks()).isZero();
  }

  @Test
  void withNoTimeAtAllNobodyPolls() {
    PollTime none = pollTime(Duration.ZERO);
    none.learn(0);
    assertThat(none.nanos()).isZero();
    assertThat(none.again(now)).isFalse();
    assertThat(none.longestNanos()).isZero();
  }

  /** A fiftieth of 500 ms is 10 ms. */
  @Test
  void onePollsUntilTheProcessorHasBeenAwayForTooLong() {
    learnt(5, 0);
    away = 2 * MILLI;
    for (int i = 0; i < 5; i++) {
      assertThat(time.again(now + away)).as("after %d ms", 2 * i).isTrue();
    }
    away = 0;
    assertThat(time.again(now)).as("with 10 ms paid").isTrue();
    away = MILLI;
    assertThat(time.again(now + away)).as("1 ms more is still lent").isTrue();
    away = 0;
    assertThat(time.again(now)).as("after 11 ms in no time").isFalse();
    learnt(5, 0);
    assertThat(time.again(now)).as("whatever is learnt meanwhile").isFalse();
  }

  @Test
  void onePollsAgainWhenThatIsPaidOff() {
    learnt(5, 0);
    away = 20 * MILLI;
    assertThat(time.again(now + away)).isTrue();
    away = 0;
    assertThat(time.again(now)).isFalse();
    now += 500 * MILLI - 1; // 20 ms are a fiftieth of 1 s, of which half is lent
    assertThat(time.again(now)).isFalse();
    now += 1;
    assertThat(time.again(now)).isTrue();
  }

  @Test
  void whatWasNotUsedIsNotSaved() {
    learnt(5, 0);
    now += 3_600_000 * MILLI;
    away = 11 * MILLI;
    assertThat(time.again(now + away)).isTrue();
    away = 0;
    assertThat(time.again(now)).isFalse();
  }

  @Test
  void whatIsAwayForAsLongAsOnePollsCostsNothing() {
    learnt(5, 0);
    away = 50 * MICRO;
    for (int i = 0; i < 1_000; i++) {
      assertThat(time.again(now + away)).isTrue();
    }
    away += 1;
    for (int i = 0; i < 1_000 && time.again(now + away); i++) {
      assertThat(i).isLessThan(999);
    }
  }
}
