// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageKey;
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
    } else {
      executors = view.executors();
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

  String state() {
    if (!hasEnded()) {
      return state;
    } else if (killed.isPresent()) {
      return "KILLED";
    }
    return end.map(e -> e.failed() ? "FAILED" : "FINISHED").orElse(over(state) ? state : "ENDED");
  }

  private static boolean over(String state) {
    return !state.equals(ClusterView.RUNNING) && !state.equals("WAITING");
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
        stages.values().stream().map(StageRecord::view).toList());
  }

  ApplicationDetail detail() {
    return new ApplicationDetail(
        view(),
        stages.values().stream()
            .map(stage -> new ApplicationDetail.StageDetail(stage.view(), stage.tasks()))
            .toList());
  }
}
