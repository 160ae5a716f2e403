// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cluster.job.SumJob;
import io.rpcenv.examples.cluster.protocol.DriverMessage.ApplicationRefused;
import io.rpcenv.examples.cluster.protocol.DriverMessage.RegisterExecutor;
import io.rpcenv.examples.cluster.protocol.DriverMessage.RemoveWorker;
import io.rpcenv.examples.cluster.protocol.DriverMessage.ReviveOffers;
import io.rpcenv.examples.cluster.protocol.DriverMessage.StatusUpdate;
import io.rpcenv.examples.cluster.protocol.DriverMessage.StopExecutors;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.ExecutorMessage.KillTask;
import io.rpcenv.examples.cluster.protocol.ExecutorMessage.LaunchTask;
import io.rpcenv.examples.cluster.protocol.ExecutorMessage.StopExecutor;
import io.rpcenv.examples.cluster.protocol.ExecutorState;
import io.rpcenv.examples.cluster.protocol.RegisterExecutorResponse;
import io.rpcenv.examples.cluster.protocol.RegisterExecutorResponse.RegisterExecutorFailed;
import io.rpcenv.examples.cluster.protocol.RegisterExecutorResponse.RegisteredExecutor;
import io.rpcenv.examples.cluster.protocol.TaskDescription;
import io.rpcenv.examples.cluster.protocol.TaskOutcome;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The driver with executors that do what the test says, in-process. */
@Timeout(30)
class DriverEndpointTest {

  private static final Duration LIMIT = Duration.ofHours(1);

  private final RpcEnv env = RpcEnv.builder("test").build();
  private final AtomicLong clock = new AtomicLong();
  private final SumJob job = new SumJob(1, 100, 2);
  private final DriverEndpoint endpoint =
      new DriverEndpoint(
          new TaskScheduler(job.tasks(), JobProgress.NONE),
          new DriverSettings(1, LIMIT, LIMIT),
          clock::get);
  private final RpcEndpointRef driver = env.setupEndpoint("driver", endpoint);

  /** An executor that keeps what it hears; one that is deaf refuses every task. */
  private final class FakeExecutor extends RpcEndpoint {
    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    private final ExecutorId id;
    private final boolean deaf;
    private final RpcEndpointRef ref;

    FakeExecutor(int number, boolean deaf) {
      this.id = new ExecutorId("app", number);
      this.deaf = deaf;
      this.ref = env.setupEndpoint(id.endpointName(), this);
    }

    @Override
    public void receive(Object message) {
      heard.add(message);
    }

    @Override
    public void receiveAndReply(Object message, RpcCallContext call) {
      if (deaf) {
        call.sendFailure(new IllegalStateException("deaf"));
      } else {
        heard.add(message);
        call.reply(true);
      }
    }

    RegisterExecutorResponse register() {
      return driver.askSync(new RegisterExecutor(id, "worker-" + id.number(), ref, 1));
    }

    TaskDescription task() throws InterruptedException {
      return hears(LaunchTask.class).task();
    }

    <T> T hears(Class<T> type) throws InterruptedException {
      Object message = heard.poll(10, SECONDS);
      assertThat(message).isInstanceOf(type);
      return type.cast(message);
    }

    void reports(TaskDescription task, TaskOutcome outcome) {
      driver.askSync(new StatusUpdate(id, task.taskId(), outcome));
    }

    void finishes(TaskDescription task) throws Exception {
      reports(task, new TaskOutcome.Finished(task.task().run()));
    }
  }

  @AfterEach
  void close() {
    env.close();
  }

  @Test
  void oneExecutorDoesOnePartitionAfterTheOther() throws Exception {
    FakeExecutor executor = new FakeExecutor(0, false);
    assertThat(executor.register()).isEqualTo(new RegisteredExecutor());

    executor.finishes(executor.task());
    assertThat(endpoint.result()).isNotDone();
    executor.finishes(executor.task());

    assertThat(endpoint.result().get(10, SECONDS)).hasSize(2);
    assertThat(new FakeExecutor(1, false).register())
        .isEqualTo(new RegisterExecutorFailed("the job is over"));
  }

  @Test
  void anExecutorThatTakesNoTaskIsGivenUpAndReplaced() throws Exception {
    FakeExecutor deaf = new FakeExecutor(0, true);
    deaf.register();

    StopExecutor stop = deaf.hears(StopExecutor.class);
    assertThat(stop.end())
        .as("so that the master starts another one")
        .isEqualTo(ExecutorState.LOST);
    assertThat(stop.reason()).contains("deaf");
    FakeExecutor other = new FakeExecutor(1, false);
    other.register();
    other.finishes(other.task());
    other.finishes(other.task());

    assertThat(endpoint.result().get(10, SECONDS))
        .allMatch(task -> task.attempt().workerId().equals("worker-1"));
  }

  @Test
  void whenAWorkerIsRemovedItsTaskRunsElsewhereAndItsLateResultIsIgnored() throws Exception {
    FakeExecutor first = new FakeExecutor(0, false);
    FakeExecutor second = new FakeExecutor(1, false);
    first.register();
    TaskDescription lost = first.task();
    second.register();
    TaskDescription own = second.task();

    driver.send(new RemoveWorker("worker-0", "silent"));
    first.finishes(lost);
    assertThat(endpoint.result()).isNotDone();
    second.finishes(own);
    TaskDescription again = second.task();
    assertThat(again.partition()).isEqualTo(lost.partition());
    second.finishes(again);

    assertThat(endpoint.result().get(10, SECONDS))
        .extracting(task -> task.attempt().attempt())
        .containsExactly(1, 0);
  }

  @Test
  void whenTheJobFailsItsOtherTasksAreKilled() throws Exception {
    FakeExecutor bad = new FakeExecutor(0, false);
    FakeExecutor good = new FakeExecutor(1, false);
    bad.register();
    TaskDescription failing = bad.task();
    good.register();
    TaskDescription other = good.task();

    for (int i = 0; i < 3; i++) {
      bad.reports(failing, new TaskOutcome.Failed("no"));
      failing = bad.task();
    }
    bad.reports(failing, new TaskOutcome.Failed("no"));

    assertThat(good.hears(KillTask.class).taskId()).isEqualTo(other.taskId());
    assertThatThrownBy(() -> endpoint.result().get(10, SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("partition 0 failed 4 times, the last time on worker-0: no");
  }

  @Test
  void withoutExecutorsForTooLongTheJobFails() {
    clock.addAndGet(LIMIT.toNanos() + 1);
    driver.send(new ReviveOffers());

    assertThatThrownBy(() -> endpoint.result().get(10, SECONDS))
        .hasRootCauseMessage("no worker was there for 3600 s");
  }

  @Test
  void whenTheMasterRefusesTheJobFails() {
    driver.send(new ApplicationRefused("closed today"));

    assertThatThrownBy(() -> endpoint.result().get(10, SECONDS))
        .hasRootCauseMessage("closed today");
  }

  @Test
  void inTheEndExecutorsAreTold() throws Exception {
    FakeExecutor executor = new FakeExecutor(0, false);
    executor.register();
    executor.task();

    assertThat(driver.askSync(new StopExecutors())).isTrue();

    assertThat(executor.hears(KillTask.class).reason()).isEqualTo("the job has failed");
    assertThat(executor.hears(StopExecutor.class).end()).isEqualTo(ExecutorState.KILLED);
  }
}
