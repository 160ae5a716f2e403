// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import static io.rpcenv.contract.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.internal.call.WaitGuard;
import io.rpcenv.testing.FakeRef;
import io.rpcenv.testing.Logged;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thread per batch; any thread stands in for a virtual one here, so that all JVMs run this. */
@Timeout(30)
class VirtualRunnersTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Stage stage = new Stage();
  private final Queue<Thread> made = new ConcurrentLinkedQueue<>();
  private final CountDownLatch release = new CountDownLatch(1);
  private final CountDownLatch begun = new CountDownLatch(1);
  private final VirtualRunners runners = new VirtualRunners(stage.scheduler);
  private final Actor actor = new Actor(stage.log);
  private final Inbox inbox = inbox(actor, runners.scheduler(this::newThread));

  @AfterEach
  void end() throws InterruptedException {
    release.countDown();
    runners.awaitEnd(10 * SECOND);
    stage.close();
  }

  private Thread newThread(Runnable task) {
    Thread thread = new Thread(task, "batch");
    made.add(thread);
    return thread;
  }

  private Inbox inbox(Actor endpoint, InboxScheduler scheduler) {
    return new SerialInbox(
        stage.dispatcher, endpoint, new FakeRef("v"), scheduler, Integer.MAX_VALUE);
  }

  private void start(Inbox started, Actor endpoint) {
    FakeEnv.bindTo(endpoint, started);
    started.prepare();
    started.launch();
  }

  /** Has the handler of "block" wait until the test ends, again and again if it is deaf. */
  private void block(boolean deaf) throws InterruptedException {
    actor.at(
        "block",
        () -> {
          begun.countDown();
          while (release.getCount() > 0) {
            try {
              release.await();
            } catch (InterruptedException e) {
              stage.log.add("interrupted");
              if (!deaf) {
                throw e;
              }
            }
          }
        });
    start(inbox, actor);
    stage.post(inbox, "block");
    begun.await();
  }

  @Test
  void aBatchHasOneThreadWhichEndsWithIt() throws Exception {
    actor.at(
        "start",
        () -> {
          for (int i = 0; i < 10; i++) {
            stage.post(inbox, "m" + i);
          }
        });
    start(inbox, actor);
    await("handled", () -> stage.log.contains("m9"));
    assertThat(made).as("one for the start and what came meanwhile").hasSize(1);
    runners.awaitEnd(10 * SECOND);
    await("ended", () -> made.stream().noneMatch(Thread::isAlive));
    assertThat(stage.log).doesNotHaveDuplicates();
    assertThat(runners.size()).isZero();
  }

  @Test
  void withoutAThreadTheFallbackRunsTheInbox() {
    List<String> log = stage.log;
    Inbox poor =
        inbox(
            actor,
            runners.scheduler(
                task -> {
                  throw new OutOfMemoryError("no thread");
                }));
    try (Logged logged = new Logged(VirtualRunners.class)) {
      start(poor, actor);
      assertThat(logged.lines())
          .containsExactly(
              "WARN [stage] no virtual thread for endpoint [v]; a shared thread runs it");
    }
    stage.scheduler.runAll();
    assertThat(log).containsExactly("start", "started v");
  }

  @Test
  void aThreadThatCannotBeStartedIsForgotten() throws Exception {
    Inbox poor =
        inbox(
            actor,
            runners.scheduler(
                task ->
                    new Thread(task) {
                      @Override
                      public synchronized void start() {
                        throw new IllegalStateException("not started");
                      }
                    }));
    start(poor, actor);
    assertThat(runners.size()).isZero();
    stage.scheduler.runAll();
    assertThat(stage.log).containsExactly("start", "started v");
  }

  /** RPC-21 */
  @Test
  void aRunningHandlerIsInterrupted() throws Exception {
    block(false);
    runners.interruptRunning(stage.dispatcher);
    await("failed", () -> stage.log.contains("failed block: null"));
    runners.awaitEnd(10 * SECOND);
    assertThat(made).noneMatch(Thread::isAlive);
  }

  /** RPC-21: one that ignores its interrupt is named once and not waited for. */
  @Test
  void aHandlerThatDoesNotEndIsLeftBehind() throws Exception {
    block(true);
    runners.interruptRunning(stage.dispatcher);
    await("interrupted", () -> stage.log.contains("interrupted"));
    try (Logged logged = new Logged(WorkerPool.class)) {
      runners.abandonRunning(stage.dispatcher);
      runners.abandonRunning(stage.dispatcher);
      assertThat(logged.lines())
          .containsExactly(
              "WARN [stage] a handler of endpoint [v] ignores its interrupt; its thread [batch] is"
                  + " left behind");
    }
    long before = System.nanoTime();
    runners.awaitEnd(10 * SECOND);
    assertThat(System.nanoTime() - before).as("it is not waited for").isLessThan(9 * SECOND);
    assertThat(made).anyMatch(Thread::isAlive);
  }

  @Test
  void theEndWaitsForWhatStillRunsButNotLonger() throws Exception {
    block(true);
    long before = System.nanoTime();
    runners.awaitEnd(SECOND / 20);
    assertThat(System.nanoTime() - before).isBetween(SECOND / 20, 5 * SECOND);
    assertThat(made).anyMatch(Thread::isAlive);
    release.countDown();
    runners.awaitEnd(10 * SECOND);
    assertThat(made).noneMatch(Thread::isAlive);
  }

  /** RPC-15: the wait for itself is seen on such a thread, too. */
  @Test
  void aWaitThatWouldNeverEndIsRefused() throws Exception {
    actor.at(
        "wait",
        () -> {
          assertThatThrownBy(() -> WaitGuard.enter(() -> inbox, "ask of v"))
              .hasMessageContaining("[v -> v]");
          WaitGuard.enter("look-up").end();
          stage.log.add("waited");
        });
    start(inbox, actor);
    stage.post(inbox, "wait");
    await("waited", () -> stage.log.contains("waited"));
  }
}
