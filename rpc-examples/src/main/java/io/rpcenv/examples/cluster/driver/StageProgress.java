// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.Severity;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageKey;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageState;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.TaskReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.TaskState;
import io.rpcenv.examples.cluster.web.Reporter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Reports the stages of an application, one after the other, to the monitor. Thread-safe. */
final class StageProgress implements JobProgress {

  private final JobProgress next;
  private final Reporter reporter;
  private final String name;
  private final Map<Attempt, Long> running = new HashMap<>();
  private final Map<Integer, Integer> sizes = new HashMap<>();
  private Optional<String> appId = Optional.empty();
  private Optional<TaskSet> stage = Optional.empty();
  private int tasks;
  private int done;
  private int failed;

  /**
   * Makes one.
   *
   * @param next who watches, too
   * @param reporter where to report
   * @param name the application's
   */
  StageProgress(JobProgress next, Reporter reporter, String name) {
    this.next = next;
    this.reporter = reporter;
    this.name = name;
  }

  @Override
  public synchronized void executorAdded(ExecutorId executor, String workerId) {
    next.executorAdded(executor, workerId);
    if (appId.isEmpty()) {
      // The first that this part hears of the application's id.
      appId = Optional.of(executor.appId());
      reporter.applicationStarted(executor.appId(), name);
      report();
    }
  }

  @Override
  public synchronized void executorLost(String workerId, String why) {
    next.executorLost(workerId, why);
    reporter.event(Severity.WARNING, name, "The executor on " + workerId + " is lost: " + why);
  }

  @Override
  public synchronized void stageBegan(TaskSet taskSet) {
    next.stageBegan(taskSet);
    int size = taskSet.splits().size();
    stage = Optional.of(taskSet);
    // A stage whose output was lost with an executor runs again, for what is missing only.
    tasks = Math.max(size, sizes.getOrDefault(taskSet.stage(), 0));
    sizes.put(taskSet.stage(), tasks);
    done = tasks - size;
    failed = 0;
    running.clear();
    report();
  }

  @Override
  public synchronized void taskRunning(Attempt attempt) {
    next.taskRunning(attempt);
    running.put(attempt, System.nanoTime());
    report(attempt, TaskState.RUNNING, 0, "");
  }

  @Override
  public synchronized void taskFinished(Attempt attempt) {
    next.taskFinished(attempt);
    done++;
    ended(attempt, TaskState.DONE, "");
  }

  @Override
  public synchronized void taskFailed(Attempt attempt, String error) {
    next.taskFailed(attempt, error);
    failed++;
    ended(attempt, TaskState.FAILED, error);
  }

  @Override
  public synchronized void taskLost(Attempt attempt) {
    next.taskLost(attempt);
    failed++;
    ended(attempt, TaskState.LOST, "");
  }

  @Override
  public synchronized void taskSlow(Attempt attempt) {
    next.taskSlow(attempt);
    reporter.event(
        Severity.INFO,
        name,
        "Partition "
            + attempt.partition()
            + " takes long on "
            + attempt.workerId()
            + " and is tried elsewhere, too");
  }

  /** All that was wanted is done. */
  synchronized void finished() {
    appId.ifPresent(id -> reporter.applicationEnded(id, false, ""));
  }

  /** It has failed. */
  synchronized void failed(String why) {
    running.clear();
    if (done < tasks) {
      report(StageState.FAILED);
    }
    appId.ifPresent(id -> reporter.applicationEnded(id, true, why));
  }

  private void ended(Attempt attempt, TaskState state, String error) {
    Long begin = running.remove(attempt);
    long nanos = begin == null ? 0 : System.nanoTime() - begin;
    report(attempt, state, TimeUnit.NANOSECONDS.toMillis(nanos), error);
  }

  private void report(Attempt attempt, TaskState state, long millis, String error) {
    TaskReport task =
        new TaskReport(
            attempt.partition(), attempt.attempt(), attempt.workerId(), state, millis, error);
    appId.ifPresent(id -> reporter.task(new StageKey(id, 0, attempt.stage()), task));
    report();
  }

  private void report() {
    report(done >= tasks ? StageState.DONE : StageState.RUNNING);
  }

  private void report(StageState state) {
    if (appId.isPresent() && stage.isPresent()) {
      StageKey key = new StageKey(appId.get(), 0, stage.get().stage());
      String title = stage.get().name();
      int active = state == StageState.DONE ? 0 : running.size();
      reporter.stage(new StageReport(key, title, tasks, active, done, failed, state));
    }
  }
}
