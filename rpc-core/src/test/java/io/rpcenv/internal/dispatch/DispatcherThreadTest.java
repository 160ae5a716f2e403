// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import static io.rpcenv.contract.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcConf;
import io.rpcenv.internal.call.WaitGuard;
import io.rpcenv.testing.FakeRef;
import io.rpcenv.testing.Logged;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** RPC-15: what a wait on a dispatcher thread leaves behind, also where no spare can be started. */
@Timeout(20)
class DispatcherThreadTest {

  private static final String PREFIX = "rpc-wait-test-";

  private final Stage stage = new Stage();
  private final Inbox a = serial("a");
  private final Inbox b = serial("b");
  private volatile boolean starts;

  /** It has no thread yet; one is wanted as soon as another is blocked. */
  private final WorkerPool pool =
      new WorkerPool(PREFIX, 0, 4, RpcConf.defaults(), p -> {}, this::start);

  private void start(Thread thread) {
    if (!starts) {
      throw new OutOfMemoryError("unable to create native thread");
    }
    thread.start();
  }

  @AfterEach
  void end() throws InterruptedException {
    pool.end();
    pool.awaitEnd(TimeUnit.SECONDS.toNanos(10));
    await("threads gone", () -> threads().isEmpty());
    stage.close();
  }

  private Inbox serial(String name) {
    return new SerialInbox(
        stage.dispatcher, new Actor(stage.log), new FakeRef(name), stage.scheduler, 9);
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith(PREFIX))
        .toList();
  }

  /** Runs something on a thread of the pool, as a handler of endpoint a. */
  private void asA(Runnable handler) throws Exception {
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              Runner.current().begin(a);
              handler.run();
            },
            null);
    new DispatcherThread(pool, task, "waiter").start();
    task.get(10, TimeUnit.SECONDS);
  }

  private boolean isWaitingForB() {
    try {
      a.waits().enter(b, () -> a, "x");
      a.waits().leave(b);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  @Test
  void aWaitEndsWithItsGuard() throws Exception {
    starts = true;
    asA(
        () -> {
          WaitGuard guard = WaitGuard.enter(() -> b, "ask");
          assertThat(isWaitingForB()).isTrue();
          guard.end();
          assertThat(isWaitingForB()).isFalse();
        });
  }

  @Test
  void aWaitThatCannotBeginLeavesNothingBehind() throws Exception {
    asA(
        () -> {
          assertThatThrownBy(() -> WaitGuard.enter(() -> b, "ask"))
              .isInstanceOf(OutOfMemoryError.class);
          assertThat(isWaitingForB()).isFalse();
          starts = true;
          WaitGuard guard = WaitGuard.enter(() -> b, "again");
          assertThat(threads()).as("one spare for one wait").hasSize(1);
          guard.end();
        });
  }

  @Test
  void aWaitWithoutASpareIsAWaitAllTheSame() throws Exception {
    starts = true;
    pool.blocking("another");
    starts = false;
    try (Logged logged = new Logged(WorkerPool.class)) {
      asA(
          () -> {
            WaitGuard guard = WaitGuard.enter(() -> b, "ask");
            assertThat(isWaitingForB()).isTrue();
            guard.end();
            assertThat(isWaitingForB()).isFalse();
          });
      assertThat(logged.lines())
          .containsExactly(
              "WARN [" + PREFIX + "2] cannot be started; its work waits for other threads");
    }
    pool.unblocked();
  }
}
