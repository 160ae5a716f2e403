// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.testing.FakeRef;
import io.rpcenv.testing.Logged;
import io.rpcenv.testing.memory.StepLoop;
import io.rpcenv.transport.LoopThread;
import io.rpcenv.transport.TransportThreads;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Endpoints on network threads: run inline where that is possible, never recursing. */
@Timeout(20)
class LoopSchedulerTest {

  private static final class NetworkThread extends Thread implements LoopThread {

    private final TransportThreads threads;

    NetworkThread(Runnable task, TransportThreads threads) {
      super(task);
      this.threads = threads;
    }

    @Override
    public TransportThreads threads() {
      return threads;
    }
  }

  /** Threads of which the test steps the only one. */
  private record Stepped(StepLoop loop) implements TransportThreads {
    @Override
    public Executor next() {
      return loop;
    }

    @Override
    public void shutdown() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean awaitEnd(long nanos) {
      throw new UnsupportedOperationException();
    }
  }

  private final Stage stage = new Stage();
  private final StepLoop loop = new StepLoop();
  private final TransportThreads own = new Stepped(loop);
  private final LoopScheduler scheduler = new LoopScheduler(own);
  private final Actor actor = new Actor(stage.log);
  private final Inbox inbox =
      new SerialInbox(stage.dispatcher, actor, new FakeRef("e"), scheduler, 100);

  @AfterEach
  void end() throws InterruptedException {
    stage.close();
  }

  private void onNetworkThread(Runnable task) throws InterruptedException {
    Thread thread = new NetworkThread(task, own);
    thread.start();
    thread.join();
  }

  private void start() {
    FakeEnv.bindTo(actor, inbox);
    inbox.prepare();
    inbox.launch();
    loop.runUntilIdle();
    stage.log.clear();
  }

  @Test
  void anotherThreadsPostWakesOneLoop() {
    start();
    stage.post(inbox, "a");
    stage.post(inbox, "b");
    assertThat(stage.log).isEmpty();
    assertThat(loop.pending()).isEqualTo(1);
    loop.runUntilIdle();
    assertThat(stage.log).containsExactly("a", "b");
  }

  @Test
  void aNetworkThreadsPostIntoAnIdleInboxRunsItAtOnce() throws InterruptedException {
    start();
    onNetworkThread(() -> stage.post(inbox, "a"));
    assertThat(stage.log).containsExactly("a");
    assertThat(loop.pending()).isZero();
  }

  @Test
  void aPostFromInsideAHandlerNeverRecurses() throws InterruptedException {
    start();
    Actor second = new Actor(stage.log);
    Inbox other = new SerialInbox(stage.dispatcher, second, new FakeRef("f"), scheduler, 100);
    FakeEnv.bindTo(second, other);
    other.prepare();
    other.launch();
    loop.runUntilIdle();
    actor.at("a", () -> stage.post(other, "b"));
    onNetworkThread(
        () -> {
          stage.post(inbox, "a");
          assertThat(stage.log).endsWith("a");
          stage.post(inbox, "c");
        });
    assertThat(stage.log).as("inside is over after the handler").endsWith("a", "c");
    assertThat(loop.pending()).isEqualTo(1);
    loop.runUntilIdle();
    assertThat(stage.log).endsWith("b");
  }

  @Test
  void anEventIsNeverRunWithinItsPost() throws InterruptedException {
    start();
    onNetworkThread(inbox::requestStop);
    assertThat(stage.log).isEmpty();
    loop.runUntilIdle();
    assertThat(stage.log).containsExactly("stop", "stopped e");
  }

  @Test
  void anErrorGoesToTheHandlerOfTheThreadWhichGoesOn() throws InterruptedException {
    start();
    actor.at(
        "a",
        () -> {
          throw new StackOverflowError("deep");
        });
    onNetworkThread(
        () -> {
          Thread.currentThread()
              .setUncaughtExceptionHandler((t, e) -> stage.log.add("uncaught " + e.getMessage()));
          stage.post(inbox, "a");
          stage.post(inbox, "b");
        });
    assertThat(stage.log)
        .containsExactly("a", "failed a: deep", "error deep", "uncaught deep", "b");
  }

  /** Handlers never run on threads of others. */
  @Test
  void aNetworkThreadOfOthersIsAnyThread() throws InterruptedException {
    start();
    Thread foreign = new NetworkThread(() -> stage.post(inbox, "a"), new Stepped(new StepLoop()));
    foreign.start();
    foreign.join();
    assertThat(stage.log).isEmpty();
    assertThat(loop.pending()).isEqualTo(1);
    loop.runUntilIdle();
    assertThat(stage.log).containsExactly("a");
  }

  /** RPC-21: a handler on a network thread is interrupted as any other, and named. */
  @Test
  void aRunningHandlerIsInterruptedAndNamed() throws InterruptedException {
    start();
    scheduler.interruptRunning(stage.dispatcher);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    actor.at(
        "a",
        () -> {
          begun.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            interrupted.countDown();
            release.await();
          }
        });
    Thread thread = new NetworkThread(() -> stage.post(inbox, "a"), own);
    thread.setName("net");
    thread.start();
    begun.await();
    try (Stage other = new Stage()) {
      scheduler.interruptRunning(other.dispatcher);
      scheduler.abandonRunning(other.dispatcher);
    }
    assertThat(interrupted.getCount()).as("not by the end of another env").isEqualTo(1);
    scheduler.interruptRunning(stage.dispatcher);
    interrupted.await();
    try (Logged logged = new Logged(WorkerPool.class)) {
      scheduler.abandonRunning(stage.dispatcher);
      scheduler.abandonRunning(stage.dispatcher);
      assertThat(logged.lines())
          .containsExactly(
              "WARN [stage] a handler of endpoint [e] ignores its interrupt; its thread [net] is"
                  + " left behind");
    }
    release.countDown();
    thread.join();
  }

  /** RPC-21: the end's interrupt is for the handler, not for what the transport does next. */
  @Test
  void aHandlersInterruptIsNotTheTransports() throws InterruptedException {
    start();
    stage.dispatcher.interruptHandlers();
    actor.at("a", () -> Thread.currentThread().interrupt());
    onNetworkThread(
        () -> {
          stage.post(inbox, "a");
          stage.log.add("interrupted " + Thread.currentThread().isInterrupted());
        });
    assertThat(stage.log).containsExactly("a", "interrupted false");
  }
}
