// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import static io.netty.channel.SelectStrategy.CONTINUE;
import static io.netty.channel.SelectStrategy.SELECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcConf;
import io.rpcenv.RpcConfKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a loop looks for events, and when it sleeps. */
@Timeout(10)
class PollThenSleepTest {

  private static final long MICRO = 1_000;

  private long now;

  /** How far the clock goes on each time it is read. */
  private long tick;

  private int events;
  private int looks;
  private final PollThenSleep strategy = strategy(Duration.ofNanos(100 * MICRO));

  private PollThenSleep strategy(Duration longest) {
    RpcConf conf = RpcConf.builder().set(RpcConfKeys.POLL_MAX_TIME, longest).build();
    return new PollThenSleep(conf, () -> now += tick);
  }

  private int next(PollThenSleep of, boolean hasTasks) throws Exception {
    return of.calculateStrategy(
        () -> {
          looks++;
          return events;
        },
        hasTasks);
  }

  private int next() throws Exception {
    return next(strategy, false);
  }

  /** Has it sleep so often and so long. */
  private void sleeps(int times, long nanos) throws Exception {
    for (int i = 0; i < times; i++) {
      while (next() != SELECT) {
        now += MICRO;
      }
      now += nanos;
      strategy.awake();
    }
    looks = 0;
  }

  /** What it does about nothing, and how often it looked for it. */
  private List<Integer> untilItSleeps() throws Exception {
    List<Integer> done = new ArrayList<>();
    looks = 0;
    do {
      done.add(next());
      now += MICRO;
    } while (done.get(done.size() - 1) == CONTINUE);
    return done;
  }

  @Test
  void aLoopWithTasksLooksForEventsAndDoesNotSleep() throws Exception {
    assertThat(next(strategy, true)).isZero();
    events = 3;
    assertThat(next(strategy, true)).isEqualTo(3);
    assertThat(looks).isEqualTo(2);
  }

  @Test
  void aLoopThatNeverWouldHaveGainedSleepsAtOnce() throws Exception {
    events = 3; // that is for the sleep to find
    assertThat(next()).isEqualTo(SELECT);
    now += 1_000 * MICRO;
    assertThat(next()).isEqualTo(SELECT);
    assertThat(looks).isZero();
  }

  @Test
  void aLoopThatSleptForAMomentPollsTheNextTime() throws Exception {
    sleeps(1, 50 * MICRO);
    assertThat(untilItSleeps()).hasSize(8).endsWith(CONTINUE, SELECT);
    assertThat(looks).as("at 0, 1 .. 7 us").isEqualTo(8);
  }

  /** A sleep of 75 us: 25 are for the wake-up. */
  @Test
  void theWakeUpDoesNotCount() throws Exception {
    sleeps(1, 75 * MICRO);
    assertThat(next()).isEqualTo(CONTINUE);
  }

  @Test
  void aLongerSleepDoesNotMakeItPoll() throws Exception {
    sleeps(1, 75 * MICRO + 1);
    assertThat(next()).isEqualTo(SELECT);
  }

  /** The wake-up that was not needed had polling gone on is no reason to go on polling. */
  @Test
  void aTimeInVainIsNotShort() throws Exception {
    sleeps(4, 0);
    assertThat(strategy.pollNanos()).isEqualTo(50 * MICRO);
    sleeps(1, 10 * MICRO);
    assertThat(strategy.pollNanos()).isEqualTo(25 * MICRO);
  }

  /** What is done after the wake-up takes its time. */
  @Test
  void whatCountsIsTheFirstThatThereWasToDo() throws Exception {
    next();
    now += 50 * MICRO;
    strategy.awake();
    now += 1_000 * MICRO;
    strategy.awake();
    assertThat(next()).isEqualTo(CONTINUE);
  }

  /** As NIO is after each task: what was idle is so still, and begins no other time. */
  @Test
  void aLoopThatIsWokenInVainSleepsOn() throws Exception {
    sleeps(1, 0);
    assertThat(untilItSleeps()).hasSize(8);
    looks = 0;
    now += MICRO;
    assertThat(next()).isEqualTo(SELECT);
    assertThat(looks).isZero();
    now += 1_000 * MICRO;
    strategy.awake();
    assertThat(strategy.pollNanos()).as("it was long").isZero();
  }

  @Test
  void aTaskThatWasThereBeforeTheSleepIsLearntFrom() throws Exception {
    next();
    now += 50 * MICRO;
    assertThat(next(strategy, true)).isZero();
    assertThat(strategy.pollNanos()).isPositive();
  }

  @Test
  void anEventEndsThePollingAndIsLearntFrom() throws Exception {
    sleeps(1, 0);
    assertThat(next()).isEqualTo(CONTINUE);
    now += MICRO;
    events = 2;
    assertThat(next()).isEqualTo(2);
    events = 0;
    assertThat(untilItSleeps()).as("12.5 us").hasSize(14);
  }

  @Test
  void aTaskEndsThePollingAndIsLearntFrom() throws Exception {
    sleeps(1, 0);
    assertThat(next()).isEqualTo(CONTINUE);
    now += MICRO;
    assertThat(next(strategy, true)).isZero();
    assertThat(untilItSleeps()).as("12.5 us").hasSize(14);
  }

  @Test
  void aLoopThatIsBusyLearnsNothing() throws Exception {
    sleeps(1, 0);
    events = 1;
    for (int i = 0; i < 10; i++) {
      now += 1_000 * MICRO;
      assertThat(next()).isEqualTo(1);
      assertThat(next(strategy, true)).isEqualTo(1);
      strategy.awake();
    }
    events = 0;
    assertThat(untilItSleeps()).as("6.25 us still").hasSize(8);
  }

  @Test
  void longSleepsMakeItPollLessAndThenNotAtAll() throws Exception {
    sleeps(4, 0);
    assertThat(untilItSleeps()).as("50 us").hasSize(51);
    strategy.awake();
    sleeps(1, 1_000 * MICRO);
    assertThat(untilItSleeps()).hasSizeLessThan(51).hasSizeGreaterThan(1);
    strategy.awake();
    sleeps(5, 1_000 * MICRO);
    assertThat(next()).isEqualTo(SELECT);
    assertThat(looks).isZero();
  }

  @Test
  void withNoTimeAtAllItAlwaysSleepsAtOnce() throws Exception {
    PollThenSleep never = strategy(Duration.ZERO);
    for (int i = 0; i < 10; i++) {
      assertThat(next(never, false)).isEqualTo(SELECT);
      never.awake();
    }
    assertThat(next(never, true)).isZero();
    assertThat(looks).isEqualTo(1);
  }
}
