// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.scale;

import io.rpcenv.bench.compare.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** What was measured, by name; more than one figure where there were rounds. */
final class Outcome {

  private final Map<String, List<Double>> figures = new LinkedHashMap<>();

  void add(String name, double figure) {
    figures.computeIfAbsent(name, n -> new ArrayList<>()).add(figure);
    System.err.println(name + ": " + text(figure));
  }

  OptionalDouble median(String name) {
    double[] all =
        figures.getOrDefault(name, List.of()).stream().mapToDouble(d -> d).sorted().toArray();
    return all.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(all[all.length / 2]);
  }

  String markdown(Map<String, Object> environment) {
    StringBuilder text = new StringBuilder("| what | median |\n|---|---|\n");
    for (String name : figures.keySet()) {
      String median = text(median(name).orElseThrow());
      text.append("| ").append(name).append(" | ").append(median).append(" |\n");
    }
    text.append("\n| growth | reached | to reach |\n|---|---|---|\n");
    for (Goal goal : Goal.values()) {
      goal.reached(this).ifPresent(reached -> text.append(line(goal, reached)));
    }
    text.append('\n');
    environment.forEach((k, v) -> text.append("- ").append(k).append(": ").append(v).append('\n'));
    return text.toString();
  }

  private static String line(Goal goal, double reached) {
    String verdict = goal.isMetBy(reached) ? "met" : "**missed**";
    return "| %s | %s | %s: %s |\n".formatted(goal.label(), text(reached), goal.bound(), verdict);
  }

  String json(Map<String, Object> environment) {
    Map<String, Object> medians = new LinkedHashMap<>();
    figures.keySet().forEach(name -> medians.put(name, median(name).orElseThrow()));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("environment", environment);
    all.put("median", medians);
    Map<String, Object> reached = new LinkedHashMap<>();
    for (Goal goal : Goal.values()) {
      goal.reached(this).ifPresent(r -> reached.put(goal.label() + " " + goal.bound(), r));
    }
    all.put("reached", reached);
    all.put("rounds", new TreeMap<>(figures));
    return Json.of(all) + "\n";
  }

  private static String text(double figure) {
    return String.format(Locale.ROOT, Math.abs(figure) >= 100 ? "%,.0f" : "%.3f", figure);
  }
}
