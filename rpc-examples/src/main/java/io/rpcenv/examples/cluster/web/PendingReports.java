// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.examples.cluster.protocol.MonitorMessage;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageKey;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.TaskReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.TaskReports;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be sent next. Of a stage and of an attempt at a task only the latest word counts; of
 * each kind there are only so many, the oldest go first. For one thread.
 */
final class PendingReports {

  private static final int MAX_STAGES = 100;
  private static final int MAX_OTHERS = 100;

  private final Map<StageKey, StageReport> stages = new LinkedHashMap<>();
  private final Map<Attempt, TaskReport> tasks = new LinkedHashMap<>();
  private final Deque<MonitorMessage> others = new ArrayDeque<>();

  private record Attempt(StageKey stage, int partition, int attempt) {}

  void add(StageReport report) {
    stages.remove(report.stage());
    stages.put(report.stage(), report);
    dropEldest(stages, MAX_STAGES);
  }

  void add(StageKey stage, TaskReport task) {
    Attempt attempt = new Attempt(stage, task.partition(), task.attempt());
    tasks.remove(attempt);
    tasks.put(attempt, task);
    dropEldest(tasks, MonitorMessage.MAX_TASKS);
  }

  void add(MonitorMessage report) {
    others.add(report);
    if (others.size() > MAX_OTHERS) {
      others.remove();
    }
  }

  /** Sends everything to each; nothing is left. */
  void sendTo(List<RpcEndpointRef> monitors) {
    List<MonitorMessage> all = new ArrayList<>(stages.values());
    Map<StageKey, List<TaskReport>> byStage = new LinkedHashMap<>();
    tasks.forEach(
        (attempt, task) ->
            byStage.computeIfAbsent(attempt.stage(), s -> new ArrayList<>()).add(task));
    byStage.forEach((stage, list) -> all.add(new TaskReports(stage, List.copyOf(list))));
    all.addAll(others);
    monitors.forEach(monitor -> all.forEach(monitor::send));
    stages.clear();
    tasks.clear();
    others.clear();
  }

  private static <K> void dropEldest(Map<K, ?> map, int max) {
    if (map.size() > max) {
      K eldest = map.keySet().iterator().next();
      map.remove(eldest);
    }
  }
}
