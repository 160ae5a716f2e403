// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import static io.rpcenv.contract.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.testing.FakeRef;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** RPC-21: what is done from outside to the work of a thread is done to that work alone. */
@Timeout(20)
class RunnerTest {

  private final Stage stage = new Stage();
  private final Inbox inbox =
      new SerialInbox(stage.dispatcher, new Actor(stage.log), new FakeRef("e"), stage.scheduler, 9);
  private final CountDownLatch interrupting = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  /** A thread whose interrupt takes long. */
  private final Thread thread =
      new Thread() {
        @Override
        public void interrupt() {
          interrupting.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        }
      };

  private final Runner runner = new Runner(thread, new RunnerHost() {});

  @AfterEach
  void end() {
    release.countDown();
    stage.close();
  }

  /** Else the interrupt would meet what the thread does next, perhaps for another env. */
  @Test
  void workIsNotOverWhileItIsBeingInterrupted() throws Exception {
    runner.begin(inbox);
    Thread visitor = new Thread(() -> runner.interrupt(stage.dispatcher));
    Thread ender = new Thread(runner::end);
    visitor.start();
    interrupting.await();
    ender.start();
    await("the work is done", () -> runner.inbox() == null);
    ender.join(100);
    assertThat(ender.isAlive()).as("waits for the interrupt").isTrue();
    release.countDown();
    ender.join();
    visitor.join();
  }

  @Test
  void whoIsGivenUpIsSoUntilItsWorkEnds() {
    runner.begin(inbox);
    assertThat(runner.abandon(stage.dispatcher)).isTrue();
    assertThat(runner.abandon(stage.dispatcher)).as("once").isFalse();
    assertThat(runner.isAbandoned()).isTrue();
    assertThat(runner.end()).as("was late").isTrue();
    assertThat(runner.isAbandoned()).isFalse();
    runner.begin(new DispatcherTask(stage.dispatcher, () -> {}));
    assertThat(runner.isFor(stage.dispatcher)).isTrue();
    assertThat(runner.abandon(stage.dispatcher)).as("no handler").isFalse();
    assertThat(runner.end()).isFalse();
    assertThat(runner.isFor(stage.dispatcher)).isFalse();
  }
}
