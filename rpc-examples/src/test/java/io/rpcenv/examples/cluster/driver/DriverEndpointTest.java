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
import io.rpcenv.examples.cluster.data.JobFailedException;
import io.rpcenv.examples.cluster.driver.StageDesk.CancelStage;
import io.rpcenv.examples.cluster.driver.StageDesk.RunStage;
import io.rpcenv.examples.cluster.protocol.ApplicationServices;
import io.rpcenv.examples.cluster.protocol.ApplicationState;
import io.rpcenv.examples.cluster.protocol.DriverMessage.ApplicationEnded;
import io.rpcenv.examples.cluster.protocol.DriverMessage.ApplicationRefused;
import io.rpcenv.examples.cluster.protocol.DriverMessage.RegisterExecutor;
import io.rpcenv.examples.cluster.protocol.DriverMessage.RemoveExecutor;
import io.rpcenv.examples.cluster.protocol.DriverMessage.RemoveWorker;
import io.rpcenv.examples.cluster.protocol.DriverMessage.RetrieveApplicationServices;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The driver with executors that do what the test says, in-process. */
@Timeout(30)
class DriverEndpointTest {

  private static final Duration LIMIT = Duration.ofHours(1);

  private final RpcEnv env = RpcEnv.builder("test").build();
  private final AtomicLong clock = new AtomicLong();
  private final List<ExecutorId> watched = new ArrayList<>();
  private final RpcEndpointRef nobody = env.setupEndpoint("nobody", new RpcEndpoint() {});
  private final ApplicationServices services =
      new ApplicationServices(nobody, LIMIT, nobody, nobody, nobody, nobody, "", List.of());
  private final RpcEndpointRef driver =
      env.setupEndpoint(
          "driver",
          new DriverEndpoint(
              new TaskScheduler(JobProgress.NONE, LIMIT, clock::get),
              new DriverSettings(1, LIMIT, LIMIT, LIMIT, LIMIT),
              services,
              new Watcher(),
              clock::get));
  private final CompletableFuture<StageEnd> result = run(2);

  private CompletableFuture<StageEnd> run(int tasks) {
    SortedMap<Integer, byte[]> splits = new TreeMap<>();
    for (int i = 0; i < tasks; i++) {
      splits.put(i, new byte[0]);
    }
    CompletableFuture<StageEnd> end = new CompletableFuture<>();
    driver.send(new RunStage(new TaskSet(1, "test", splits, Map.of(), 0), end));
    return end;
  }

  /** Its list is read only after an answer of the endpoint on whose thread it is written. */
  private final class Watcher implements DriverEndpoint.ExecutorWatcher {
    @Override
    public void added(ExecutorId executor) {
      watched.add(executor);
    }

    @Override
    public void removed(ExecutorId executor) {
      watched.remove(executor);
    }
  }

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

    void finishes(TaskDescription task) {
      reports(task, new TaskOutcome.Finished(new byte[0]));
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
    assertThat(result).isNotDone();
    executor.finishes(executor.task());

    assertThat(result.get(10, SECONDS).completed()).hasSize(2);
    driver.askSync(new StopExecutors());
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

    assertThat(result.get(10, SECONDS).completed())
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
    assertThat(result).isNotDone();
    second.finishes(own);
    TaskDescription again = second.task();
    assertThat(again.partition()).isEqualTo(lost.partition());
    second.finishes(again);

    assertThat(result.get(10, SECONDS).completed())
        .extracting(task -> task.attempt().attempt())
        .containsExactly(1, 0);
  }

  @Test
  void whenTheJobFailsItsOtherTasksAreKilled() throws Exception {
    FakeExecutor bad = new FakeExecutor(0, false);
    FakeExecutor good = new FakeExecutor(1, false);
    bad.register();
    TaskDescription failing = bad.task();
    for (int i = 0; i < 3; i++) {
      bad.reports(failing, new TaskOutcome.Failed("no"));
      failing = bad.task();
    }
    good.register();
    TaskDescription other = good.task();
    bad.reports(failing, new TaskOutcome.Failed("no"));

    assertThat(good.hears(KillTask.class).taskId()).isEqualTo(other.taskId());
    assertThatThrownBy(() -> result.get(10, SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("partition 0 failed 4 times, the last time on worker-0: no");
  }

  @Test
  void withoutExecutorsForTooLongTheJobFails() {
    driver.askSync(new RetrieveApplicationServices(new ExecutorId("app", 0))); // the stage is there
    clock.addAndGet(LIMIT.toNanos() + 1);
    driver.send(new ReviveOffers());

    assertThatThrownBy(() -> result.get(10, SECONDS))
        .hasRootCauseMessage("no executor was there for 3600 s");
  }

  @Test
  void whenTheMasterRefusesTheJobFails() {
    driver.send(new ApplicationRefused("closed today"));

    assertThatThrownBy(() -> result.get(10, SECONDS)).hasRootCauseMessage("closed today");
  }

  @ParameterizedTest
  @CsvSource({"KILLED, CANCELLED", "FAILED, TASK_FAILED"})
  void whenTheMasterEndsTheApplicationItIsNotForLackOfAMaster(
      ApplicationState end, JobFailedException.Reason reason) {
    driver.send(new ApplicationEnded(end, "why"));

    assertThatThrownBy(() -> result.get(10, SECONDS))
        .rootCause()
        .isInstanceOfSatisfying(
            JobFailedException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessage("why");
  }

  @Test
  void inTheEndExecutorsAreTold() throws Exception {
    FakeExecutor executor = new FakeExecutor(0, false);
    executor.register();
    executor.task();

    assertThat(driver.askSync(new StopExecutors())).isTrue();

    assertThat(executor.hears(KillTask.class).reason()).isEqualTo("the job has failed");
    assertThat(executor.hears(StopExecutor.class).end()).isEqualTo(ExecutorState.KILLED);
    assertThatThrownBy(() -> run(1).get(10, SECONDS))
        .as("a stage that comes too late")
        .hasRootCauseMessage("the driver was stopped");
  }

  @Test
  void oneStageComesAfterTheOtherOnTheSameExecutors() throws Exception {
    FakeExecutor executor = new FakeExecutor(0, false);
    executor.register();
    executor.finishes(executor.task());
    executor.finishes(executor.task());
    result.get(10, SECONDS);

    CompletableFuture<StageEnd> second = run(1);
    assertThatThrownBy(() -> run(1).get(10, SECONDS))
        .hasRootCauseMessage("another stage is being run");
    executor.finishes(executor.task());
    assertThat(second.get(10, SECONDS).completed()).hasSize(1);
  }

  @Test
  void aStageThatIsCancelledFailsAndTheNextOneRuns() throws Exception {
    FakeExecutor executor = new FakeExecutor(0, false);
    executor.register();
    TaskDescription old = executor.task();
    driver.send(new CancelStage(new CompletableFuture<>())); // not this one
    driver.send(new CancelStage(result));
    assertThatThrownBy(() -> result.get(10, SECONDS)).hasRootCauseMessage("the job was cancelled");
    assertThat(executor.hears(KillTask.class).taskId()).isEqualTo(old.taskId());

    CompletableFuture<StageEnd> next = run(1);
    executor.reports(old, new TaskOutcome.Killed());
    executor.finishes(executor.task());
    assertThat(next.get(10, SECONDS).completed()).hasSize(1);
  }

  @Test
  void executorsAreToldWhatTheyHaveToKnowAndOthersWhichThereAre() throws Exception {
    FakeExecutor executor = new FakeExecutor(0, false);
    assertThat(driver.askSync(new RetrieveApplicationServices(executor.id))).isEqualTo(services);
    executor.register();
    assertThat(driver.askSync(new RetrieveApplicationServices(executor.id))).isNotNull();
    assertThat(watched).containsExactly(executor.id);
    driver.send(new RemoveExecutor(executor.id, "test"));
    assertThat(driver.askSync(new RetrieveApplicationServices(executor.id))).isNotNull();
    assertThat(watched).isEmpty();
  }
}
