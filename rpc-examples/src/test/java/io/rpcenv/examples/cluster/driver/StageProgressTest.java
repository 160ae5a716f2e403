// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cluster.driver.JobProgress.Attempt;
import io.rpcenv.examples.cluster.protocol.MonitorMessage;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.ApplicationEnded;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.EventReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.ProcessEnded;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.ProcessReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageState;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.TaskReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.TaskReports;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.TaskState;
import io.rpcenv.examples.cluster.protocol.Protocol;
import io.rpcenv.examples.cluster.web.Reporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a driver reports of its stages, as a monitor hears it. */
@Timeout(30)
class StageProgressTest {

  private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
  private final AtomicBoolean lockWasHeld = new AtomicBoolean();
  private RpcEnv master;
  private RpcEnv env;
  private Reporter reporter;
  private StageProgress progress;

  @BeforeEach
  void start() throws Exception {
    master = RpcEnv.builder("master").listen("127.0.0.1", 0).messages(Protocol.messages()).build();
    master.setupEndpoint(
        MonitorMessage.ENDPOINT, RpcEndpoint.handling().onSend(Object.class, heard::add).build());
    env = RpcEnv.builder("driver").listen("127.0.0.1", 0).messages(Protocol.messages()).build();
    reporter = Reporter.start(env, "driver", "job", List.of(master.address().orElseThrow()));
    await(ProcessReport.class);
    progress = new StageProgress(new LockWatcher(), reporter, "job");
  }

  @AfterEach
  void close() {
    env.close();
    master.close();
  }

  @Test
  void tasksAreCountedForTheStageThatIsRun() throws Exception {
    registered();
    progress.stageBegan(stage(1, 0, 0, 1));
    progress.taskRunning(attempt(1, 0, 0));
    progress.taskFailed(attempt(1, 0, 0), "why");
    progress.taskRunning(attempt(1, 0, 1));
    progress.taskFinished(attempt(1, 0, 1));
    progress.taskRunning(attempt(1, 1, 0));
    progress.taskLost(attempt(1, 1, 0));
    progress.taskRunning(attempt(1, 1, 1));

    assertThat(last()).isEqualTo(new Counts(1, 2, 1, 1, 2, StageState.RUNNING));
  }

  @Test
  void whatStillRunsOfAnotherStageDoesNotCount() throws Exception {
    registered();
    progress.stageBegan(stage(1, 0, 0, 1));
    progress.taskRunning(attempt(1, 0, 0));
    progress.stageBegan(stage(2, 0, 0, 1, 2));
    progress.taskRunning(attempt(1, 1, 0));
    progress.taskLost(attempt(1, 0, 0));
    progress.taskRunning(attempt(2, 0, 0));

    List<Object> all = leave();
    assertThat(last(all)).isEqualTo(new Counts(2, 3, 1, 0, 0, StageState.RUNNING));
    assertThat(tasks(all)).containsEntry("1.0.0", TaskState.KILLED);
  }

  @Test
  void whatStillRunsOfAnEarlierRunOfTheStageDoesNotCount() throws Exception {
    registered();
    progress.stageBegan(stage(1, 0, 0, 1, 2));
    progress.taskFinished(attempt(1, 0, 0));
    progress.taskRunning(attempt(1, 1, 0));
    progress.stageBegan(stage(1, 1, 1, 2)); // for what is missing
    progress.taskLost(attempt(1, 1, 0));
    progress.taskFinished(attempt(1, 1, 1));

    List<Object> all = leave();
    assertThat(last(all)).isEqualTo(new Counts(1, 3, 0, 2, 0, StageState.RUNNING));
    assertThat(tasks(all)).containsEntry("1.1.0", TaskState.KILLED);
  }

  @Test
  void aCopyThatIsNotNeededAnyMoreIsKilledAndNotFailed() throws Exception {
    registered();
    progress.stageBegan(stage(1, 0, 0, 1));
    progress.taskRunning(attempt(1, 0, 0));
    progress.taskRunning(attempt(1, 0, 1));
    progress.taskFinished(attempt(1, 0, 1));
    progress.taskLost(attempt(1, 0, 0));
    progress.taskLost(attempt(1, 1, 0));

    List<Object> all = leave();
    assertThat(last(all)).isEqualTo(new Counts(1, 2, 0, 1, 1, StageState.RUNNING));
    assertThat(tasks(all))
        .containsEntry("1.0.0", TaskState.KILLED)
        .containsEntry("1.0.1", TaskState.DONE)
        .containsEntry("1.1.0", TaskState.LOST);
  }

  @Test
  void aStageIsDoneWhenAllOfItIs() throws Exception {
    registered();
    progress.stageBegan(stage(1, 0, 0));
    progress.taskFinished(attempt(1, 0, 0));
    progress.finished();

    List<Object> all = leave();
    assertThat(last(all)).isEqualTo(new Counts(1, 1, 0, 1, 0, StageState.DONE));
    assertThat(all).contains(new ApplicationEnded("app", false, ""));
  }

  @Test
  void aJobThatFailsGivesItsStageUp() throws Exception {
    registered();
    progress.stageBegan(stage(1, 0, 0, 1));
    progress.taskRunning(attempt(1, 0, 0));
    progress.failed("it is broken");

    List<Object> all = leave();
    assertThat(last(all)).isEqualTo(new Counts(1, 2, 0, 0, 0, StageState.FAILED));
    assertThat(all).contains(new ApplicationEnded("app", true, "it is broken"));
  }

  @Test
  void aStageThatWasGivenUpStaysSoWhenItsTasksAreHeardOfLater() throws Exception {
    registered();
    progress.stageBegan(stage(1, 0, 0, 1));
    progress.taskRunning(attempt(1, 0, 0));
    progress.failed("somebody killed it");
    progress.taskRunning(attempt(1, 1, 0));
    progress.taskLost(attempt(1, 0, 0));
    progress.taskFinished(attempt(1, 0, 0));
    progress.taskFinished(attempt(1, 1, 0));

    assertThat(last()).isEqualTo(new Counts(1, 2, 0, 2, 1, StageState.FAILED));
  }

  /** 0 says that it is not known, or has only begun. */
  @Test
  void whatHasEndedTookTime() throws Exception {
    registered();
    progress.stageBegan(stage(1, 0, 0));
    progress.taskRunning(attempt(1, 0, 0));
    progress.taskFinished(attempt(1, 0, 0));

    assertThat(leave())
        .filteredOn(TaskReports.class::isInstance)
        .flatExtracting(message -> ((TaskReports) message).tasks())
        .last()
        .satisfies(
            task -> {
              assertThat(task.state()).isEqualTo(TaskState.DONE);
              assertThat(task.millis()).isPositive();
            });
  }

  @Test
  void aJobThatTheMasterRefusesSaysWhy() throws Exception {
    progress.stageBegan(stage(1, 0, 0));
    progress.failed("it leads no longer");

    assertThat(leave())
        .filteredOn(EventReport.class::isInstance)
        .extracting(event -> ((EventReport) event).text())
        .containsExactly("The job failed: it leads no longer");
  }

  @Test
  void whoWatchesTooIsCalledWithoutTheLock() {
    registered();
    progress.executorLost("w", "why");
    progress.executorEnded("app/1", "why");
    progress.stageBegan(stage(1, 0, 0));
    progress.taskRunning(attempt(1, 0, 0));
    progress.taskSlow(attempt(1, 0, 0));
    progress.taskFailed(attempt(1, 0, 0), "why");
    progress.taskLost(attempt(1, 0, 1));
    progress.taskFinished(attempt(1, 0, 2));

    assertThat(lockWasHeld).isFalse();
  }

  /** What is reported of a stage. */
  private record Counts(
      int stage, int tasks, int running, int done, int failed, StageState state) {}

  private void registered() {
    progress.applicationRegistered("app");
  }

  private static TaskSet stage(int stage, int firstAttempt, Integer... partitions) {
    TreeMap<Integer, byte[]> splits = new TreeMap<>();
    for (int partition : partitions) {
      splits.put(partition, new byte[0]);
    }
    return new TaskSet(stage, "stage", splits, Map.of(), firstAttempt);
  }

  private static Attempt attempt(int stage, int partition, int attempt) {
    return new Attempt(stage, partition, attempt, "w");
  }

  private Counts last() throws Exception {
    return last(leave());
  }

  private static Counts last(List<Object> all) {
    return all.stream()
        .filter(StageReport.class::isInstance)
        .map(StageReport.class::cast)
        .map(
            r ->
                new Counts(
                    r.stage().stageId(), r.tasks(), r.running(), r.done(), r.failed(), r.state()))
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  /** Returns the last word on each attempt, by {@code stage.partition.attempt}. */
  private static Map<String, TaskState> tasks(List<Object> all) {
    Map<String, TaskState> tasks = new TreeMap<>();
    for (Object message : all) {
      if (message instanceof TaskReports reports) {
        for (TaskReport task : reports.tasks()) {
          tasks.put(
              reports.stage().stageId() + "." + task.partition() + "." + task.attempt(),
              task.state());
        }
      }
    }
    return tasks;
  }

  /** Ends the reports; returns all that were heard. */
  private List<Object> leave() throws Exception {
    reporter.close();
    return await(ProcessEnded.class);
  }

  private List<Object> await(Class<?> type) throws Exception {
    List<Object> all = new ArrayList<>();
    do {
      all.add(heard.take());
    } while (!type.isInstance(all.get(all.size() - 1)));
    return all;
  }

  /** Looks whether it is called under the lock of what it watches. */
  private final class LockWatcher implements JobProgress {

    private void look() {
      if (Thread.holdsLock(progress)) {
        lockWasHeld.set(true);
      }
    }

    @Override
    public void executorAdded(String workerId) {
      look();
    }

    @Override
    public void executorLost(String workerId, String why) {
      look();
    }

    @Override
    public void executorEnded(String executorId, String why) {
      look();
    }

    @Override
    public void stageBegan(TaskSet tasks) {
      look();
    }

    @Override
    public void taskRunning(Attempt attempt) {
      look();
    }

    @Override
    public void taskFinished(Attempt attempt) {
      look();
    }

    @Override
    public void taskFailed(Attempt attempt, String error) {
      look();
    }

    @Override
    public void taskLost(Attempt attempt) {
      look();
    }

    @Override
    public void taskSlow(Attempt attempt) {
      look();
    }
  }
}
