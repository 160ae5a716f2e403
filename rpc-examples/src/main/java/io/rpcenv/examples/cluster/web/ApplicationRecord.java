// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageKey;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageState;
import io.rpcenv.examples.cluster.web.ClusterView.ApplicationView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the monitor keeps of an application. It hears of it from the master and from the driver, in
 * any order, and in the end perhaps from one of them only. For one thread.
 */
final class ApplicationRecord {

  static final int MAX_STAGES = 50;

  /** So long the driver's word on how it ended may take longer than the master's. */
  static final long DRIVERS_WORD_MILLIS = 1_000;

  private static final String ENDED = "ENDED";

  private final String id;
  private final long startedAt;
  private final Map<StageKey, StageRecord> stages = new LinkedHashMap<>();
  private String name = "";
  private String state = ClusterView.RUNNING;
  private int executors;
  private long seenAt;
  private Optional<Long> endedAt = Optional.empty();
  private Optional<String> killed = Optional.empty();
  private Optional<End> end = Optional.empty();
  private String toldEnd = "";

  /** How the driver says it ended. */
  private record End(boolean failed, String message) {}

  ApplicationRecord(String id, long now) {
    this.id = id;
    this.startedAt = now;
    this.seenAt = now;
  }

  String id() {
    return id;
  }

  String name() {
    return name.isEmpty() ? id : name;
  }

  void named(String text) {
    name = Texts.cut(text);
  }

  /** The master has it on its list. */
  void seen(ApplicationView view, long now) {
    named(view.name());
    state = view.state();
    seenAt = now;
    if (view.isOver()) {
      gone(now);
    } else if (end.isEmpty()) {
      executors = view.executors();
      endedAt = Optional.empty(); // should it have been out of sight for a while
    }
  }

  long seenAt() {
    return seenAt;
  }

  StageRecord stage(StageKey key) {
    StageRecord known = stages.get(key);
    if (known != null) {
      return known;
    }
    StageRecord stage = new StageRecord(key);
    stages.put(key, stage);
    if (stages.size() > MAX_STAGES) {
      stages.remove(stages.keySet().iterator().next());
    }
    return stage;
  }

  /** Somebody wants it to end. */
  void killed(String why) {
    killed = Optional.of(Texts.cut(why));
  }

  /** The driver says how it ended. */
  void ended(boolean failed, String message, long now) {
    end = Optional.of(new End(failed, Texts.cut(message)));
    gone(now);
  }

  /** It is on the master's list no more. */
  void gone(long now) {
    executors = 0;
    if (endedAt.isEmpty()) {
      endedAt = Optional.of(now);
    }
  }

  boolean hasEnded() {
    return endedAt.isPresent();
  }

  /** Returns when it ended; of one that runs, the end of time. */
  long endedAt() {
    return endedAt.orElse(Long.MAX_VALUE);
  }

  /** Returns whether it has ended, or in another way than was known, since this was asked last. */
  boolean takeNewEnd(long now) {
    String known = hasEnded() ? state() : "";
    boolean mayChange = known.equals(ENDED) && now - endedAt() < DRIVERS_WORD_MILLIS;
    if (mayChange || known.equals(toldEnd)) {
      return false;
    }
    toldEnd = known;
    return hasEnded();
  }

  /**
   * Returns what it is doing, or how it ended. That it was killed or given up, the master knows
   * best; whether all was done, only the driver does: the master takes any that goes for finished.
   */
  String state() {
    if (!hasEnded()) {
      return state;
    } else if (killed.isPresent()) {
      return "KILLED";
    } else if (state.equals("KILLED") || state.equals("FAILED")) {
      return state;
    }
    return end.map(e -> e.failed() ? "FAILED" : "FINISHED").orElse(ENDED);
  }

  String message() {
    return killed.or(() -> end.map(End::message)).orElse("");
  }

  ApplicationView view() {
    return new ApplicationView(
        id,
        name,
        state(),
        hasEnded() ? message() : "",
        executors,
        Optional.of(startedAt),
        endedAt,
        stages.values().stream().map(stage -> stage.view(stagesUnlessEnded())).toList());
  }

  ApplicationDetail detail() {
    return new ApplicationDetail(
        view(),
        stages.values().stream()
            .map(
                stage ->
                    new ApplicationDetail.StageDetail(
                        stage.view(stagesUnlessEnded()), stage.tasks(hasEnded())))
            .toList());
  }

  private StageState stagesUnlessEnded() {
    if (!hasEnded()) {
      return StageState.RUNNING;
    }
    return state().equals("FINISHED") ? StageState.DONE : StageState.FAILED;
  }

  int taskCount() {
    return stages.values().stream().mapToInt(StageRecord::taskCount).sum();
  }

  /**
   * Forgets tasks, those of the eldest stages first.
   *
   * @param atLeast how many, if there are so many
   */
  void forgetTasks(int atLeast) {
    int forgotten = 0;
    for (StageRecord stage : stages.values()) {
      if (forgotten >= atLeast) {
        return;
      }
      forgotten += stage.taskCount();
      stage.forgetTasks();
    }
  }
}
