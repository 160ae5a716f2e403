// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import static io.rpcenv.contract.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcConf;
import io.rpcenv.RpcConfKeys;
import io.rpcenv.transport.PollTime;
import java.time.Duration;
import java.util.AbstractQueue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Who is woken for what. A thread that should be woken and is not sleeps for longer than a test.
 */
@Timeout(20)
class RunQueueTest {

  // Long, because every interleaving steps in at the same looks of the same queue.

  private static final long LONG = TimeUnit.HOURS.toNanos(1);

  private static final RpcConf POLLING =
      RpcConf.builder().set(RpcConfKeys.POLL_MAX_TIME, Duration.ofMillis(10)).build();

  /** Less than half of that, more than a third: one look, also if another has just halved it. */
  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(4);

  /** How often a thread looks before it is counted as asleep, and once more before it parks. */
  private static final int LOOKS_AWAKE = 2;

  private static final int LAST_LOOK = LOOKS_AWAKE + 1;

  private record Task(String name) implements Runnable {
    @Override
    public void run() {}
  }

  /** The tasks, where a test does something just before or after a thread's n-th look. */
  private static final class Tasks extends AbstractQueue<Runnable> {

    private record Point(Thread thread, int look, boolean after) {}

    private final Queue<Runnable> rest = new ConcurrentLinkedQueue<>();
    private final Map<Thread, Integer> looks = new ConcurrentHashMap<>();
    private final Map<Point, Runnable> steps = new ConcurrentHashMap<>();

    void before(Thread thread, int look, Runnable step) {
      steps.put(new Point(thread, look, false), step);
    }

    void after(Thread thread, int look, Runnable step) {
      steps.put(new Point(thread, look, true), step);
    }

    int looksOf(Thread thread) {
      return looks.getOrDefault(thread, 0);
    }

    @Override
    public Runnable poll() {
      Thread me = Thread.currentThread();
      int look = looks.merge(me, 1, Integer::sum);
      step(new Point(me, look, false));
      Runnable task = rest.poll();
      step(new Point(me, look, true));
      return task;
    }

    private void step(Point point) {
      Runnable step = steps.get(point);
      if (step != null) {
        step.run();
      }
    }

    @Override
    public boolean offer(Runnable task) {
      return rest.offer(task);
    }

    @Override
    public Runnable peek() {
      return rest.peek();
    }

    @Override
    public Iterator<Runnable> iterator() {
      return rest.iterator();
    }

    @Override
    public int size() {
      return rest.size();
    }
  }

  /** A thread that takes one task. */
  private final class Taker {

    private final FutureTask<Runnable> taken = new FutureTask<>(() -> take(LONG));
    private final Thread thread = new Thread(taken, "taker");

    Taker start() {
      threads.add(thread);
      thread.start();
      return this;
    }

    Taker asleep() {
      start();
      await("asleep", this::isAsleep);
      return this;
    }

    boolean isAsleep() {
      return LockSupport.getBlocker(thread) == queue
          && thread.getState() == Thread.State.TIMED_WAITING;
    }

    Runnable result() throws Exception {
      return taken.get();
    }
  }

  private final List<Thread> threads = new ArrayList<>();
  private final Tasks tasks = new Tasks();

  /** Goes on each time it is read; each thread has its own, or its looks were not predictable. */
  private final ThreadLocal<Long> now = ThreadLocal.withInitial(() -> 0L);

  private final PollTime pollTime = new PollTime(POLLING, this::tick);
  private final RunQueue queue = new RunQueue(pollTime, tasks, this::tick);
  private final Thread me = Thread.currentThread();
  private final Task a = new Task("a");
  private final Task b = new Task("b");
  private final Task c = new Task("c");

  private long tick() {
    now.set(now.get() + TICK);
    return now.get();
  }

  /** Takes a task after one look more, during which it counts as one that polls. */
  private Runnable take(long nanos) throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      pollTime.learn(0);
    }
    return queue.take(nanos);
  }

  @AfterEach
  void end() throws InterruptedException {
    for (Thread thread : threads) {
      thread.interrupt();
      thread.join();
    }
  }

  @Test
  void tasksAreTakenInTheOrderTheyCame() throws Exception {
    queue.add(a);
    queue.add(b);
    queue.add(c);
    assertThat(queue.poll()).isEqualTo(a);
    assertThat(take(LONG)).isEqualTo(b);
    assertThat(take(0)).isEqualTo(c);
    assertThat(queue.poll()).isNull();
    assertThat(take(0)).isNull();
  }

  @Test
  void whatIsWantedIsTakenOutInOrderAndTheRestStays() {
    List.of(a, b, c).forEach(queue::add);
    assertThat(queue.takeAll(task -> task != b)).containsExactly(a, c);
    assertThat(queue.poll()).isEqualTo(b);
    assertThat(queue.poll()).isNull();
  }

  @Test
  void whatAnotherThreadTakesMeanwhileIsNotTakenOutTwice() {
    List.of(a, b, c).forEach(queue::add);
    assertThat(queue.takeAll(task -> task != a || queue.poll() == a)).containsExactly(b, c);
  }

  @Test
  void theThreadThatFellAsleepLastIsWokenFirst() throws Exception {
    Taker first = new Taker().asleep();
    Taker second = new Taker().asleep();
    Taker third = new Taker().asleep();
    queue.add(a);
    assertThat(third.result()).isEqualTo(a);
    assertThat(List.of(first, second)).as("one task wakes one thread").allMatch(Taker::isAsleep);
    queue.add(b);
    assertThat(second.result()).isEqualTo(b);
    queue.add(c);
    assertThat(first.result()).isEqualTo(c);
  }

  /** The second look comes after the processor was given away. */
  @Test
  void noneIsWokenForWhatOneThatLooksWillFind() throws Exception {
    Taker asleep = new Taker().asleep();
    tasks.before(me, LOOKS_AWAKE, () -> queue.add(a));
    assertThat(take(LONG)).isEqualTo(a);
    assertThat(tasks.looksOf(me)).isEqualTo(LOOKS_AWAKE);
    queue.add(b);
    assertThat(asleep.result()).as("woken, now that none looks").isEqualTo(b);
    assertThat(tasks.looksOf(asleep.thread)).as("and not before").isEqualTo(LAST_LOOK + 1);
  }

  @Test
  void ofSeveralTasksOneIsLeftToWhoLooks() throws Exception {
    Taker asleep = new Taker().asleep();
    AtomicInteger looks = new AtomicInteger();
    tasks.before(
        me,
        LOOKS_AWAKE,
        () -> {
          List.of(a, b).forEach(queue::add);
          await("the other has taken one", () -> asleep.taken.isDone());
          looks.set(tasks.looksOf(me));
        });
    assertThat(take(LONG)).isEqualTo(b);
    assertThat(asleep.result()).isEqualTo(a);
    assertThat(looks).as("this one looked meanwhile").hasValue(LOOKS_AWAKE);
  }

  @Test
  void oneLooksAtMost() throws Exception {
    Taker asleep = new Taker();
    tasks.before(me, LOOKS_AWAKE, () -> asleep.asleep());
    tasks.after(me, LOOKS_AWAKE, () -> queue.add(a)); // left to this one, which has a look left
    assertThat(take(LONG)).isEqualTo(a);
    assertThat(tasks.looksOf(asleep.thread)).as("one of them the last").isEqualTo(2);
    queue.add(b);
    assertThat(asleep.result()).isEqualTo(b);
  }

  /** The one that looks is not told that it is the one by another that does not. */
  @Test
  void whoDoesNotLookDoesNotEndTheOthersLooking() throws Exception {
    Taker first = new Taker().asleep();
    Taker second = new Taker();
    tasks.before(
        me,
        LOOKS_AWAKE,
        () -> {
          second.asleep();
          queue.add(a);
        });
    assertThat(take(LONG)).isEqualTo(a);
    assertThat(List.of(first, second)).allMatch(Taker::isAsleep);
  }

  /** Its time is up, it finds nothing, and is woken for the rest of what was added meanwhile. */
  @Test
  void whoTakesATaskItWasWokenForWakesAnotherForTheRest() throws Exception {
    Taker asleep = new Taker().asleep();
    Taker looking = new Taker();
    tasks.before(looking.thread, LOOKS_AWAKE, () -> List.of(a, b, c).forEach(tasks::add));
    tasks.after(
        me,
        LAST_LOOK,
        () -> {
          looking.start();
          await("found, and woke this thread", looking.taken::isDone);
        });
    assertThat(take(0)).isEqualTo(b);
    assertThat(looking.result()).isEqualTo(a);
    assertThat(asleep.result()).isEqualTo(c);
  }

  /** Who added each saw this one look. */
  @Test
  void whatIsLeftBehindTheTaskThatWasFoundWakesAnother() throws Exception {
    Taker asleep = new Taker().asleep();
    tasks.before(me, LOOKS_AWAKE, () -> List.of(a, b).forEach(tasks::add));
    assertThat(take(LONG)).isEqualTo(a);
    assertThat(asleep.result()).isEqualTo(b);
  }

  /** Who added each saw this one look; it has one look left. */
  @Test
  void whatIsLeftBehindTheTaskOfTheLastLookWakesAnother() throws Exception {
    Taker asleep = new Taker().asleep();
    tasks.after(me, LOOKS_AWAKE, () -> List.of(a, b).forEach(tasks::add));
    assertThat(take(LONG)).isEqualTo(a);
    assertThat(asleep.result()).isEqualTo(b);
  }

  @Test
  void aThreadPollsIfThatWouldHavePaidBefore() throws Exception {
    assertThat(queue.take(0)).isNull();
    assertThat(tasks.looksOf(me)).as("sleeps at once").isEqualTo(2);
    assertThat(pollTime.nanos()).as("4 ms of nothing, and a look after that").isPositive();
  }

  @Test
  void aThreadPollsLessIfThatWouldNotHavePaid() throws Exception {
    assertThat(take(0)).isNull();
    assertThat(tasks.looksOf(me)).isEqualTo(LAST_LOOK);
    assertThat(pollTime.nanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(5));
  }

  @Test
  void whatWasFoundByPollingIsLearntFrom() throws Exception {
    pollTime.learn(0);
    pollTime.learn(0);
    pollTime.learn(0);
    long before = pollTime.nanos(); // 2.5 ms: nothing is found in that time
    pollTime.learn(0);
    tasks.before(me, LOOKS_AWAKE, () -> queue.add(a));
    assertThat(queue.take(LONG)).isEqualTo(a);
    assertThat(pollTime.nanos()).isNotEqualTo(2 * before);
  }

  /** Who does not poll does not know for how long there was nothing. */
  @Test
  void whoDoesNotPollLearnsNothing() throws Exception {
    Taker other = new Taker();
    tasks.before(
        me,
        LOOKS_AWAKE,
        () -> {
          other.asleep();
          long before = pollTime.nanos();
          queue.add(a);
          queue.add(b); // not left to this thread
          await("it has taken one", other.taken::isDone);
          assertThat(pollTime.nanos()).isEqualTo(before);
        });
    assertThat(take(LONG)).isEqualTo(b);
  }

  @Test
  void anErrorWhileItLooksLeavesTheLookingToOthers() throws Exception {
    tasks.before(
        me,
        LOOKS_AWAKE,
        () -> {
          throw new InternalError("as a JVM may");
        });
    assertThatThrownBy(() -> take(LONG)).isInstanceOf(InternalError.class);
    Taker asleep = new Taker().asleep();
    queue.add(a);
    assertThat(asleep.result()).isEqualTo(a);
  }

  @Test
  void aTaskThatCameWithoutAWakeUpIsSeenByTheLastLook() throws Exception {
    tasks.before(me, LAST_LOOK, () -> tasks.add(a)); // by one who saw nobody asleep
    assertThat(take(LONG)).isEqualTo(a);
    assertThat(tasks.looksOf(me)).isEqualTo(LAST_LOOK);
  }

  @Test
  void aTaskThatComesAfterTheLastLookWakes() throws Exception {
    tasks.after(me, LAST_LOOK, () -> queue.add(a));
    assertThat(take(LONG)).isEqualTo(a);
  }

  @Test
  void aTaskThatComesAsTheTimeIsUpIsTaken() throws Exception {
    tasks.after(me, LAST_LOOK, () -> queue.add(a)); // it has woken this thread and no other
    assertThat(take(0)).isEqualTo(a);
  }

  @Test
  void aWakeUpForOneTaskMoreThanTakenIsPassedOn() throws Exception {
    Taker asleep = new Taker().asleep();
    tasks.before(me, LAST_LOOK, () -> tasks.add(a)); // by one who saw nobody asleep
    tasks.after(me, LAST_LOOK, () -> queue.add(b)); // wakes this thread, which has one already
    assertThat(take(LONG)).isEqualTo(a);
    assertThat(asleep.result()).isEqualTo(b);
  }

  @Test
  void aWakeUpIsNotPassedOnIfNothingIsLeft() throws Exception {
    Taker asleep = new Taker().asleep();
    tasks.before(me, LAST_LOOK, () -> queue.add(a));
    assertThat(take(LONG)).isEqualTo(a);
    assertThat(asleep.isAsleep()).isTrue();
    queue.add(b);
    assertThat(asleep.result()).isEqualTo(b);
  }

  @Test
  void aThreadThatIsWokenInVainComesBack() throws Exception {
    Taker asleep = new Taker();
    tasks.before(asleep.thread, LAST_LOOK + 1, () -> assertThat(queue.poll()).isEqualTo(a));
    asleep.asleep();
    queue.add(a);
    assertThat(asleep.result()).isNull();
  }

  @Test
  void aThreadThatIsWokenByNobodySleepsOn() throws Exception {
    Taker asleep = new Taker();
    CountDownLatch looked = new CountDownLatch(2);
    tasks.after(asleep.thread, LAST_LOOK + 1, looked::countDown);
    tasks.after(asleep.thread, LAST_LOOK + 2, looked::countDown);
    asleep.asleep();
    while (looked.getCount() > 0) {
      LockSupport.unpark(asleep.thread);
      Thread.onSpinWait();
    }
    await("asleep again", asleep::isAsleep);
    queue.add(a);
    assertThat(asleep.result()).isEqualTo(a);
  }

  // Those who are gone

  @Test
  void whoseTimeIsUpIsNotWoken() throws Exception {
    Taker asleep = new Taker().asleep();
    assertThat(take(1)).isNull();
    assertThat(take(0)).isNull();
    queue.add(a);
    assertThat(asleep.result()).isEqualTo(a);
  }

  @Test
  void whoHasFoundATaskIsNotWoken() throws Exception {
    Taker asleep = new Taker().asleep();
    tasks.before(me, LAST_LOOK, () -> tasks.add(a));
    assertThat(take(LONG)).isEqualTo(a);
    queue.add(b);
    assertThat(asleep.result()).isEqualTo(b);
  }

  @Test
  void whoIsInterruptedIsNotWoken() throws Exception {
    Taker asleep = new Taker().asleep();
    Taker interrupted = new Taker().asleep();
    interrupted.thread.interrupt();
    assertThatThrownBy(interrupted::result).hasCauseInstanceOf(InterruptedException.class);
    queue.add(a);
    assertThat(asleep.result()).isEqualTo(a);
  }

  @Test
  void anInterruptEndsTheWaitAndItsFlag() {
    me.interrupt();
    assertThatThrownBy(() -> take(LONG)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void anInterruptDoesNotKeepATaskFromWhoNeedNotWait() throws Exception {
    queue.add(a);
    me.interrupt();
    assertThat(take(LONG)).isEqualTo(a);
    assertThat(Thread.interrupted()).as("left to the task").isTrue();
  }

  @Test
  void anInterruptLosesNoTask() throws Exception {
    me.interrupt();
    tasks.before(me, LAST_LOOK + 1, () -> queue.add(a)); // interrupted, and woken for it
    assertThat(take(LONG)).isEqualTo(a);
    me.interrupt();
    int looks = tasks.looksOf(me);
    tasks.after(me, looks + LAST_LOOK + 1, () -> queue.add(b));
    assertThat(take(LONG)).isEqualTo(b);
  }
}
