// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageKey;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageState;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.TaskReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.TaskState;
import io.rpcenv.examples.cluster.web.ClusterView.StageView;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the monitor keeps of a stage. For one thread. */
final class StageRecord {

  static final int MAX_TASKS = 200;

  private final Map<Attempt, TaskReport> tasks = new LinkedHashMap<>();
  private StageReport report;

  private record Attempt(int partition, int attempt) {}

  StageRecord(StageKey stage) {
    report = new StageReport(stage, "", 0, 0, 0, 0, StageState.RUNNING);
  }

  void update(StageReport next) {
    report = next;
  }

  /** Takes in the latest word on some attempts; of too many, the oldest are forgotten. */
  void update(List<TaskReport> reports) {
    for (TaskReport task : reports) {
      Attempt attempt = new Attempt(task.partition(), task.attempt());
      tasks.remove(attempt);
      tasks.put(attempt, cut(task));
    }
    Iterator<?> oldest = tasks.values().iterator();
    for (int excess = tasks.size() - MAX_TASKS; excess > 0; excess--) {
      oldest.next();
      oldest.remove();
    }
  }

  int taskCount() {
    return tasks.size();
  }

  void forgetTasks() {
    tasks.clear();
  }

  /**
   * Returns what is shown of it. It does not run longer than its application, though its driver may
   * have ended without a word, or that was dropped on its way.
   *
   * @param unlessEnded what it is if its driver did not say that it has ended: {@code RUNNING}, or
   *     what became of its application
   */
  StageView view(StageState unlessEnded) {
    StageState state = report.state() == StageState.RUNNING ? unlessEnded : report.state();
    return new StageView(
        report.stage().stageId(),
        Texts.cut(report.name()),
        report.tasks(),
        unlessEnded == StageState.RUNNING ? report.running() : 0,
        report.done(),
        report.failed(),
        state.name());
  }

  /**
   * Returns the attempts that were heard of last. None of a stage that is over runs, whatever was
   * heard of it last: some reports are dropped on their way.
   *
   * @param isOver whether its application has ended
   */
  List<TaskReport> tasks(boolean isOver) {
    if (!isOver && report.state() == StageState.RUNNING) {
      return List.copyOf(tasks.values());
    }
    Set<Integer> done =
        tasks.values().stream()
            .filter(task -> task.state() == TaskState.DONE)
            .map(TaskReport::partition)
            .collect(Collectors.toSet());
    return tasks.values().stream()
        .map(
            task -> {
              boolean isDone =
                  report.state() == StageState.DONE && !done.contains(task.partition());
              return task.state() == TaskState.RUNNING
                  ? ended(task, isDone ? TaskState.DONE : TaskState.KILLED)
                  : task;
            })
        .toList();
  }

  private static TaskReport ended(TaskReport task, TaskState state) {
    return new TaskReport(
        task.partition(), task.attempt(), task.workerId(), state, task.millis(), task.error());
  }

  private static TaskReport cut(TaskReport task) {
    return new TaskReport(
        task.partition(),
        task.attempt(),
        Texts.cut(task.workerId()),
        task.state(),
        task.millis(),
        Texts.cut(task.error()));
  }
}
