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

  private final PollTime time = pollTime(Duration.ofNanos(100 * MICRO));

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
        .containsExactly(6_250L, 12_500L, 25_000L, 50_000L, 100_000L, 100_000L);
    assertThat(learnt(6, 50 * MICRO + 1))
        .containsExactly(50_000L, 25_000L, 12_500L, 6_250L, 0L, 0L);
  }

  /** Has work for so long, then nothing; returns how often it looks, 1 us apart. */
  private int looksAfterWork(long micros) {
    away = 0;
    time.learn(0);
    now += micros * MICRO;
    away = MICRO;
    return looks();
  }

  /** Four times as long, at least half of the longest time, at most all of it. */
  @Test
  void whoHasWorkedForLongerPollsForLonger() {
    learnt(5, 0);
    assertThat(looksAfterWork(0)).as("at 1, 3 .. 49 us").isEqualTo(25);
    assertThat(looksAfterWork(12)).isEqualTo(25);
    assertThat(looksAfterWork(20)).as("at 1, 3 .. 79 us").isEqualTo(40);
    assertThat(looksAfterWork(26)).as("at 1, 3 .. 99 us").isEqualTo(50);
    assertThat(looksAfterWork(3_600_000_000L)).isEqualTo(50);
  }

  @Test
  void whatIsShortDependsOnTheWorkBefore() {
    learnt(5, 0);
    looksAfterWork(0);
    time.learn(60 * MICRO);
    assertThat(time.nanos()).as("60 us after no work").isEqualTo(50_000);
    looksAfterWork(20);
    time.learn(80 * MICRO);
    assertThat(time.nanos()).as("80 us after 20 us of work").isEqualTo(100_000);
    looksAfterWork(20);
    time.learn(80 * MICRO + 1);
    assertThat(time.nanos()).isEqualTo(50_000);
  }

  @Test
  void oneThatNeverPolledSleepsAtOnce() {
    assertThat(looks()).isZero();
  }

  @Test
  void onePollsForAsLongAsWasLearnt() {
    learnt(1, 0);
    assertThat(looks()).as("at 1, 3 and 5 us").isEqualTo(3);
    learnt(1, 0);
    assertThat(looks()).as("at 1, 3 .. 11 us").isEqualTo(6);
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
  }

  /** Has the processor away for so long while something comes. Returns whether one polls at all. */
  private boolean comesBackAfter(long nanos) {
    away = 0;
    long begin = now;
    away = nanos;
    boolean polls = time.again(begin + nanos); // idle since the moment it looks at the clock
    away = 0;
    if (polls) {
      time.found(0);
    }
    return polls;
  }

  /** A fiftieth of 500 ms is 10 ms. */
  @Test
  void onePollsUntilTheProcessorHasBeenAwayForTooLong() {
    learnt(5, 0);
    for (int i = 0; i < 6; i++) {
      assertThat(comesBackAfter(2 * MILLI)).as("after %d ms", 2 * i).isTrue();
    }
    assertThat(comesBackAfter(0)).as("after 12 ms in 12 ms: 10 of 24 are too many").isFalse();
    learnt(5, 0);
    assertThat(comesBackAfter(0)).as("whatever is learnt meanwhile").isFalse();
  }

  @Test
  void onePollsAgainWhenThatIsPaidOff() {
    learnt(5, 0);
    assertThat(comesBackAfter(10 * MILLI)).isTrue();
    assertThat(comesBackAfter(10 * MILLI)).isTrue();
    assertThat(comesBackAfter(0)).isFalse();
    long debt = 2 * 500 * MILLI - 2 * 10 * MILLI; // the second one paid for what was left
    now += debt - 500 * MILLI - 1;
    assertThat(comesBackAfter(0)).isFalse();
    now += 2 * 10 * MILLI + 1;
    assertThat(comesBackAfter(0)).isTrue();
  }

  @Test
  void whatWasNotUsedIsNotSaved() {
    learnt(5, 0);
    now += 3_600_000 * MILLI;
    assertThat(comesBackAfter(10 * MILLI)).isTrue();
    assertThat(comesBackAfter(10 * MILLI)).isTrue();
    assertThat(comesBackAfter(0)).isFalse();
  }

  /** Then nobody has waited for this thread. */
  @Test
  void beingAwayWhileNothingComesCostsNothing() {
    learnt(5, 0);
    for (int i = 0; i < 100; i++) {
      away = 10 * MILLI;
      assertThat(time.again(now + away)).isTrue();
      away = 0;
      assertThat(time.again(now - MILLI)).as("its time is up").isFalse();
      time.learn(0);
    }
  }

  /** A pause of the JVM, or of the machine, says nothing about other threads. */
  @Test
  void aLongPauseCountsAsOneTurn() {
    learnt(5, 0);
    assertThat(comesBackAfter(3_600_000 * MILLI)).isTrue();
    assertThat(comesBackAfter(MILLI)).isTrue();
    assertThat(comesBackAfter(0)).isFalse();
    now += 100 * MILLI;
    assertThat(comesBackAfter(0)).isTrue();
  }

  /** However long one may poll: others' turns are shorter. */
  @Test
  void aLongTimeToPollMakesNobodyWaitLonger() {
    PollTime patient = pollTime(Duration.ofMillis(10));
    for (int i = 0; i < 5; i++) {
      patient.learn(0);
    }
    away = 3 * MILLI;
    int polls = 0;
    while (polls < 100 && patient.again(now + away)) {
      patient.found(0);
      polls++;
    }
    assertThat(polls).isBetween(4, 6);
  }

  @Test
  void aMomentAwayCostsNothing() {
    learnt(5, 0);
    for (int i = 0; i < 1_000; i++) {
      assertThat(comesBackAfter(500 * MICRO)).isTrue();
    }
    int late = 0;
    while (late < 1_000 && comesBackAfter(500 * MICRO + 1)) {
      late++;
    }
    assertThat(late).isBetween(19, 22);
  }
}
