// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import static io.rpcenv.contract.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcConf;
import io.rpcenv.testing.FakeRef;
import io.rpcenv.testing.Logged;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The threads that run inboxes: how many, what becomes of them, and their end. */
@Timeout(30)
class WorkerPoolTest {

  private static final String PREFIX = "rpc-pool-test-";
  private static final RpcConf CONF = RpcConf.defaults();
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final AtomicInteger ends = new AtomicInteger();
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private final CountDownLatch release = new CountDownLatch(1);
  private final Stage stage = new Stage();
  private WorkerPool pool;

  private WorkerPool pool(int size, int maxSpares) {
    pool = new WorkerPool(PREFIX, size, maxSpares, CONF, p -> ends.incrementAndGet());
    return pool;
  }

  @AfterEach
  void end() throws InterruptedException {
    release.countDown();
    if (pool != null) {
      pool.end();
      pool.awaitEnd(10 * SECOND);
      await("threads gone", () -> threads().isEmpty());
    }
    stage.close();
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().startsWith(PREFIX))
        .toList();
  }

  /** Returns once n tasks have run at the same time. */
  private void meet(int n) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(n + 1);
    for (int i = 0; i < n; i++) {
      pool.execute(
          () -> {
            try {
              barrier.await(10, TimeUnit.SECONDS);
            } catch (Exception e) {
              seen.add("not met: " + e);
            }
          });
    }
    barrier.await(10, TimeUnit.SECONDS);
  }

  /** An inbox, run by this pool, of a handler that blocks until the test ends. */
  private Inbox blocked(CountDownLatch begun) {
    Actor actor =
        new Actor(stage.log)
            .at(
                "block",
                () -> {
                  begun.countDown();
                  release.await();
                });
    Inbox inbox =
        new SerialInbox(stage.dispatcher, actor, new FakeRef("blocked"), pool, Integer.MAX_VALUE);
    FakeEnv.bindTo(actor, inbox);
    inbox.prepare();
    inbox.launch();
    stage.post(inbox, "block");
    return inbox;
  }

  @Test
  void hasItsThreadsNumbered() throws Exception {
    pool(3, 0);
    assertThat(threads())
        .extracting(Thread::getName)
        .containsExactlyInAnyOrder(PREFIX + 1, PREFIX + 2, PREFIX + 3);
    assertThat(threads()).allMatch(Thread::isDaemon);
    meet(3);
  }

  @Test
  void replacesAThreadThatDies() throws Exception {
    pool(1, 0);
    pool.execute(
        () -> {
          Thread.currentThread()
              .setUncaughtExceptionHandler((thread, e) -> seen.add(e.getMessage()));
          throw new StackOverflowError("deep");
        });
    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("deep");
    meet(1);
    await("one thread", () -> threads().size() == 1);
    assertThat(threads()).extracting(Thread::getName).containsExactly(PREFIX + 2);
    assertThat(ends).hasValue(0);
  }

  /** RPC-15: blocking is caught. */
  @Test
  void aSpareTakesThePlaceOfABlockedThreadUpToALimit() throws Exception {
    pool(1, 2);
    try (Logged logged = new Logged(WorkerPool.class)) {
      pool.blocking("first");
      assertThat(threads()).hasSize(2);
      pool.blocking("second");
      pool.blocking("third");
      assertThat(threads()).hasSize(3);
      meet(3);
      assertThat(logged.lines())
          .containsExactly(
              "WARN ["
                  + Thread.currentThread().getName()
                  + "] first blocks a dispatcher thread; a spare thread takes its place (better:"
                  + " ask and go on in a stage, or EndpointExecutor.DEDICATED)");
    }
    pool.unblocked();
    pool.unblocked();
    await("one spare retired", () -> threads().size() == 2);
    meet(2);
    pool.unblocked();
    await("all spares retired", () -> threads().size() == 1);
    meet(1);
    pool.blocking("again");
    meet(2);
    pool.unblocked();
    assertThat(ends).hasValue(0);
  }

  @Test
  void withoutSparesThereIsNoneAndNoWarning() {
    pool(1, 0);
    try (Logged logged = new Logged(WorkerPool.class)) {
      pool.blocking("it");
      assertThat(threads()).hasSize(1);
      assertThat(logged.lines()).isEmpty();
    }
    pool.unblocked();
  }

  /** RPC-15: a spare is optional. */
  @Test
  void goesOnWithoutASpareThatCannotBeStarted() throws Exception {
    AtomicInteger starts = new AtomicInteger();
    pool =
        new WorkerPool(
            PREFIX,
            1,
            4,
            CONF,
            p -> ends.incrementAndGet(),
            thread -> {
              if (starts.incrementAndGet() == 2) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              thread.start();
            });
    try (Logged logged = new Logged(WorkerPool.class)) {
      pool.blocking("it");
      assertThat(logged.lines())
          .hasSize(2)
          .last()
          .isEqualTo("WARN [" + PREFIX + "2] cannot be started; its work waits for other threads");
    }
    assertThat(threads()).hasSize(1);
    meet(1);
    pool.blocking("another");
    meet(3);
    pool.unblocked();
    pool.unblocked();
    await("spares retired", () -> threads().size() == 1);
    assertThatThrownBy(
            () ->
                new WorkerPool(
                    PREFIX,
                    1,
                    0,
                    CONF,
                    p -> {},
                    thread -> {
                      throw new OutOfMemoryError("not one");
                    }))
        .isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void interruptsOnlyHandlersAndTheFlagIsNotTheNextOnes() throws Exception {
    pool(1, 0);
    CountDownLatch begun = new CountDownLatch(1);
    Inbox inbox = blocked(begun);
    begun.await();
    stage.post(inbox, "next");
    pool.interruptRunning(stage.dispatcher);
    await("handled", () -> stage.log.contains("next"));
    assertThat(stage.log).contains("failed block: null");
    pool.execute(() -> Thread.currentThread().interrupt());
    pool.execute(() -> seen.add("interrupted " + Thread.currentThread().isInterrupted()));
    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("interrupted false");
  }

  @Test
  void doesNotInterruptATaskThatIsNoHandler() throws Exception {
    pool(1, 0);
    CountDownLatch begun = new CountDownLatch(1);
    pool.execute(
        () -> {
          begun.countDown();
          try {
            release.await();
            seen.add("not interrupted");
          } catch (InterruptedException e) {
            seen.add("interrupted");
          }
        });
    begun.await();
    pool.interruptRunning(stage.dispatcher);
    release.countDown();
    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("not interrupted");
  }

  /** RPC-21: a handler that ignores its interrupt is named and left behind. */
  @Test
  void leavesAHandlerBehindThatDoesNotEnd() throws Exception {
    pool(1, 0);
    CountDownLatch begun = new CountDownLatch(1);
    blocked(begun);
    begun.await();
    try (Logged logged = new Logged(WorkerPool.class)) {
      pool.abandonRunning(stage.dispatcher);
      assertThat(logged.lines())
          .containsExactly(
              "WARN [stage] a handler of endpoint [blocked] ignores its interrupt; its thread ["
                  + PREFIX
                  + "1] is left behind");
    }
    meet(1);
    assertThat(threads()).hasSize(2);
    pool.end();
    long before = System.nanoTime();
    pool.awaitEnd(10 * SECOND);
    assertThat(System.nanoTime() - before).as("it is not waited for").isLessThan(9 * SECOND);
    assertThat(threads()).extracting(Thread::getName).containsExactly(PREFIX + 1);
    assertThat(ends).hasValue(0);
    release.countDown();
    await("the last thread ended", () -> ends.get() == 1);
  }

  @Test
  void anIdlePoolEndsAtOnce() throws Exception {
    pool(3, 0);
    meet(3);
    pool.end();
    pool.awaitEnd(10 * SECOND);
    await("threads gone", () -> threads().isEmpty());
    await("end told", () -> ends.get() > 0);
    pool.blocking("late");
    pool.unblocked();
    assertThat(threads()).as("no thread is added after the end").isEmpty();
  }

  @Test
  void whatComesAfterTheEndIsEndedByTheCaller() throws Exception {
    pool(1, 0);
    Actor actor = new Actor(stage.log);
    Inbox inbox = new SerialInbox(stage.dispatcher, actor, new FakeRef("late"), pool, 9);
    inbox.prepare();
    inbox.launch();
    inbox.requestStop();
    await("stopped", () -> stage.log.contains("stopped late"));
    pool.end();
    pool.awaitEnd(10 * SECOND);
    inbox.enqueue(new Note("refused", stage.log));
    assertThat(stage.log).endsWith("rejected refused for late: ENDPOINT_STOPPED");
    pool.execute(() -> seen.add(Thread.currentThread().getName()));
    assertThat(seen.poll()).isEqualTo(Thread.currentThread().getName());
  }

  @Test
  void anInboxThatHasNotStoppedIsNotRunByTheCaller() throws Exception {
    pool(1, 0);
    pool.end();
    pool.awaitEnd(10 * SECOND);
    Actor actor = new Actor(stage.log);
    Inbox inbox = new SerialInbox(stage.dispatcher, actor, new FakeRef("live"), pool, 9);
    inbox.prepare();
    inbox.launch();
    pool.execute(() -> seen.add("task"));
    assertThat(stage.log).isEmpty();
    assertThat(seen).containsExactly("task");
  }

  @Test
  void handsOverWhatNobodyWillRun() throws Exception {
    pool(1, 0);
    pool.end();
    pool.awaitEnd(10 * SECOND);
    WorkerPool other = new WorkerPool(PREFIX + "other-", 1, 0, CONF, p -> {});
    Inbox inbox =
        new SerialInbox(stage.dispatcher, new Actor(stage.log), new FakeRef("moved"), pool, 9);
    inbox.prepare();
    inbox.launch();
    pool.drainTo(other);
    await("run by the other", () -> stage.log.contains("started moved"));
    other.end();
    other.awaitEnd(10 * SECOND);
  }

  /** What a dedicated endpoint's threads have no time for any more, the shared ones do. */
  @Test
  void aDedicatedEndpointLeavesNothingUnrun() throws Exception {
    pool(1, 0);
    WorkerPool shared = new WorkerPool(PREFIX + "shared-", 1, 0, CONF, p -> {});
    CountDownLatch begun = new CountDownLatch(1);
    blocked(begun);
    begun.await();
    DedicatedScheduler scheduler = new DedicatedScheduler(pool, shared);
    Inbox inbox =
        new SerialInbox(stage.dispatcher, new Actor(stage.log), new FakeRef("own"), scheduler, 9);
    inbox.prepare();
    inbox.launch();
    assertThat(stage.log).doesNotContain("started own");
    scheduler.terminated();
    try {
      await("run by the shared threads", () -> stage.log.contains("started own"));
    } finally {
      shared.end();
      shared.awaitEnd(10 * SECOND);
    }
  }
}
