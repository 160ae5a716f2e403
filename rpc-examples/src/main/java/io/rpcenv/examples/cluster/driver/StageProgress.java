// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.examples.cluster.protocol.MonitorMessage.Severity;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageKey;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageState;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.TaskReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.TaskState;
import io.rpcenv.examples.cluster.web.Reporter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Reports the stages of an application, one after the other, to the monitor. The end is told by the
 * thread that runs the job, everything else by the driver's endpoint. Thread-safe.
 */
final class StageProgress implements JobProgress {

  private final JobProgress next;
  private final Reporter reporter;
  private final String name;
  private final Map<Attempt, Long> running = new HashMap<>();
  private final Map<Integer, Integer> sizes = new HashMap<>();
  private final Set<Integer> done = new HashSet<>();
  private Optional<String> appId = Optional.empty();
  private Optional<TaskSet> stage = Optional.empty();
  private int doneBefore;
  private int failed;
  private boolean givenUp;

  /**
   * Makes one.
   *
   * @param next who watches, too; is told first
   * @param reporter where to report
   * @param name the application's
   */
  StageProgress(JobProgress next, Reporter reporter, String name) {
    this.next = next;
    this.reporter = reporter;
    this.name = name;
  }

  @Override
  public void applicationRegistered(String id) {
    next.applicationRegistered(id);
    registered(id);
  }

  @Override
  public void executorAdded(String workerId) {
    next.executorAdded(workerId);
  }

  @Override
  public void executorLost(String workerId, String why) {
    next.executorLost(workerId, why);
    warn("The executor on " + workerId + " is lost: " + why);
  }

  @Override
  public void executorEnded(String executorId, String why) {
    next.executorEnded(executorId, why);
    warn("Executor " + executorId + " ended, " + why);
  }

  @Override
  public void stageBegan(TaskSet taskSet) {
    next.stageBegan(taskSet);
    began(taskSet);
  }

  @Override
  public void taskRunning(Attempt attempt) {
    next.taskRunning(attempt);
    begun(attempt);
  }

  @Override
  public void taskFinished(Attempt attempt) {
    next.taskFinished(attempt);
    ended(attempt, TaskState.DONE, "");
  }

  @Override
  public void taskFailed(Attempt attempt, String error) {
    next.taskFailed(attempt, error);
    ended(attempt, TaskState.FAILED, error);
  }

  @Override
  public void taskLost(Attempt attempt) {
    next.taskLost(attempt);
    ended(attempt, isNeeded(attempt) ? TaskState.LOST : TaskState.KILLED, "");
  }

  @Override
  public void taskSlow(Attempt attempt) {
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
    givenUp = !isDone(); // whatever is told of its tasks later
    report();
    // If the master did not take it there is no application to say that of.
    appId.ifPresentOrElse(
        id -> reporter.applicationEnded(id, true, why), () -> warn("The job failed: " + why));
  }

  private void warn(String text) {
    reporter.event(Severity.WARNING, name, text);
  }

  private synchronized void registered(String id) {
    appId = Optional.of(id);
    reporter.applicationStarted(id, name);
    report();
  }

  private synchronized void began(TaskSet taskSet) {
    stage = Optional.of(taskSet);
    // A stage whose output was lost with an executor runs again, for what is missing only.
    int size = taskSet.splits().size();
    int tasks = sizes.merge(taskSet.stage(), size, Math::max);
    doneBefore = tasks - size;
    done.clear();
    failed = 0;
    running.clear();
    report();
  }

  private synchronized void begun(Attempt attempt) {
    if (isCurrent(attempt)) {
      running.put(attempt, System.nanoTime());
    }
    report(attempt, TaskState.RUNNING, 0, "");
  }

  private synchronized void ended(Attempt attempt, TaskState state, String error) {
    Long begin = running.remove(attempt);
    long millis =
        begin == null ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    if (isCurrent(attempt) && state == TaskState.DONE) {
      done.add(attempt.partition());
    } else if (isCurrent(attempt) && state != TaskState.KILLED) {
      failed++;
    }
    report(attempt, state, millis, error);
  }

  /**
   * Returns whether an attempt is one of the stage that is being run, and not of an earlier run.
   */
  private boolean isCurrent(Attempt attempt) {
    return stage
        .filter(s -> s.stage() == attempt.stage() && s.firstAttempt() <= attempt.attempt())
        .isPresent();
  }

  /** Returns whether an attempt has to be made up for by another one. */
  private synchronized boolean isNeeded(Attempt attempt) {
    return isCurrent(attempt) && !done.contains(attempt.partition());
  }

  private boolean isDone() {
    return stage.filter(s -> done.size() < s.splits().size()).isEmpty();
  }

  private void report(Attempt attempt, TaskState state, long millis, String error) {
    TaskReport task =
        new TaskReport(
            attempt.partition(), attempt.attempt(), attempt.workerId(), state, millis, error);
    appId.ifPresent(id -> reporter.task(new StageKey(id, attempt.stage()), task));
    report();
  }

  private StageState state() {
    if (givenUp) {
      return StageState.FAILED;
    }
    return isDone() ? StageState.DONE : StageState.RUNNING;
  }

  private void report() {
    if (appId.isPresent() && stage.isPresent()) {
      TaskSet now = stage.get();
      StageState state = state();
      int active = state == StageState.RUNNING ? running.size() : 0;
      reporter.stage(
          new StageReport(
              new StageKey(appId.get(), now.stage()),
              now.name(),
              doneBefore + now.splits().size(),
              active,
              doneBefore + done.size(),
              failed,
              state));
    }
  }
}
