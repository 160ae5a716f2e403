// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.call;

import static io.rpcenv.contract.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The timer of local asks, on the real clock. */
@Timeout(20)
class LocalDeadlinesTest {

  private static final String THREAD = "rpc-timed-timer-1";

  private final DeadlineTimer timer = new DeadlineTimer("timed");
  private final LocalDeadlines deadlines = new LocalDeadlines(timer);

  @AfterEach
  void end() {
    timer.end();
    await("the timer has ended", () -> thread() == null);
  }

  private static Thread thread() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().equals(THREAD))
        .findFirst()
        .orElse(null);
  }

  private static FakeAsk in(long millis) {
    return FakeAsk.after(System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Test
  void anAskExpiresOnceAtItsDeadlineOnTheTimersThread() {
    AtomicReference<Thread> on = new AtomicReference<>();
    FakeAsk ask = in(40);
    ask.whenExpired = () -> on.set(Thread.currentThread());
    deadlines.add(ask);
    await("expired", () -> on.get() != null);
    assertThat(timer.isTimer(on.get())).isTrue();
    assertThat(timer.isTimer(Thread.currentThread())).isFalse();
    assertThat(ask.expiredAt - ask.deadlineNanos()).isNotNegative();
    assertThat(thread().isDaemon()).isTrue();
    FakeAsk another = in(40);
    deadlines.add(another);
    await("expired", () -> another.expired.get() == 1);
    assertThat(ask.expired).hasValue(1);
  }

  @Test
  void anIdleTimerSleepsAndIsWoken() {
    await("asleep", () -> thread() != null && thread().getState() == Thread.State.WAITING);
    FakeAsk ask = in(1);
    deadlines.add(ask);
    await("expired", () -> ask.expired.get() == 1);
    await("asleep again", () -> thread().getState() == Thread.State.WAITING);
  }

  @Test
  void asksThatEndedBeforeOrAfterTheyWereSortedAreForgotten() {
    FakeAsk first = in(60_000);
    FakeAsk second = in(60_000);
    deadlines.add(first);
    first.succeed("at once");
    deadlines.remove(first);
    deadlines.add(second);
    await("sorted", () -> second.sorted);
    assertThat(thread().getState()).isNotEqualTo(Thread.State.WAITING);
    second.succeed("later");
    deadlines.remove(second);
    await("asleep", () -> thread().getState() == Thread.State.WAITING);
    assertThat(first.sorted).isFalse();
    assertThat(deadlines.drain()).isEmpty();
  }

  @Test
  void drainingReturnsWhatIsPending() {
    FakeAsk sorted = in(60_000);
    deadlines.add(sorted);
    await("sorted", () -> sorted.sorted);
    FakeAsk fresh = in(60_000);
    FakeAsk another = in(60_000);
    FakeAsk done = in(60_000);
    deadlines.add(fresh);
    deadlines.add(done);
    deadlines.add(another);
    done.succeed("x");
    assertThat(List.<Object>copyOf(deadlines.drain()))
        .containsExactlyInAnyOrder(sorted, fresh, another);
    assertThat(deadlines.drain()).isEmpty();
  }

  /** RPC-16: one ask that cannot be ended takes no other's deadline. */
  @Test
  void goesOnAfterAnAskThatCouldNotBeEnded() {
    FakeAsk bad = in(1);
    bad.whenExpired =
        () -> {
          throw new IllegalStateException("cannot be ended");
        };
    deadlines.add(bad);
    await("expired", () -> bad.expired.get() == 1);
    FakeAsk next = in(1);
    deadlines.add(next);
    await("the next expires, too", () -> next.expired.get() == 1);
  }

  /** RPC-16: the longest duration there is is no fault and never over. */
  @Test
  void theLongestTimeoutIsNeverOver() {
    FakeAsk endless =
        new FakeAsk(Object.class, Duration.ofSeconds(Long.MAX_VALUE), System.nanoTime());
    deadlines.add(endless);
    await("sorted", () -> endless.sorted);
    FakeAsk next = in(1);
    deadlines.add(next);
    await("expired", () -> next.expired.get() == 1);
    assertThat(endless.expired).hasValue(0);
  }

  @Test
  void anInterruptThatAStageLeavesBehindDoesNotKeepTheTimerAwake() {
    FakeAsk ask = in(1);
    ask.whenExpired = () -> Thread.currentThread().interrupt();
    deadlines.add(ask);
    await("expired", () -> ask.expired.get() == 1);
    await("asleep", () -> thread().getState() == Thread.State.WAITING);
    assertThat(thread().isInterrupted()).isFalse();
  }

  /** Each env drains and ends its own; the timer goes on for the others. */
  @Test
  void oneTimerTicksTheDeadlinesOfMany() throws Exception {
    LocalDeadlines others = new LocalDeadlines(timer);
    FakeAsk mine = in(60_000);
    FakeAsk theirs = in(60_000);
    deadlines.add(mine);
    others.add(theirs);
    await("sorted", () -> mine.sorted && theirs.sorted);
    assertThat(List.<Object>copyOf(deadlines.drain())).containsExactly(mine);
    deadlines.add(in(60_000));
    deadlines.end();
    deadlines.awaitEnd(TimeUnit.SECONDS.toNanos(10));
    FakeAsk next = in(1);
    others.add(next);
    await("expired", () -> next.expired.get() == 1);
    others.drain();
    await("what has ended keeps it awake no more", LocalDeadlinesTest::isAsleep);
    FakeAsk late = in(1);
    deadlines.add(late);
    await("what comes after the end still expires", () -> late.expired.get() == 1);
  }

  private static boolean isAsleep() {
    return thread().getState() == Thread.State.WAITING;
  }

  /** The end waits for a stage on the timer. */
  @Test
  void theEndOfOneIsNotOverWhileItsAsksAreTold() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    FakeAsk slow = in(1);
    slow.whenExpired =
        () -> {
          begun.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    deadlines.add(slow);
    begun.await();
    deadlines.end();
    long before = System.nanoTime();
    deadlines.awaitEnd(TimeUnit.MILLISECONDS.toNanos(50));
    assertThat(System.nanoTime() - before).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(49));
    release.countDown();
    deadlines.awaitEnd(TimeUnit.SECONDS.toNanos(10));
  }

  @Test
  void manyThreadsMayAdd() throws Exception {
    Thread[] threads = new Thread[4];
    FakeAsk[] asks = new FakeAsk[4000];
    for (int i = 0; i < threads.length; i++) {
      int first = i * 1000;
      threads[i] =
          new Thread(
              () -> {
                for (int n = first; n < first + 1000; n++) {
                  asks[n] = in(20 + n % 30);
                  deadlines.add(asks[n]);
                }
              });
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    for (FakeAsk ask : asks) {
      await("expired", () -> ask.expired.get() == 1);
    }
  }
}
