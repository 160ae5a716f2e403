// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.compare;

import io.rpcenv.bench.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The table of all runs, as Markdown, JSON and a chart. */
final class Report {

  private final Runs results;
  private final List<Map<String, Object>> measurements;
  private final Options options;
  private final Map<String, Object> environment = new LinkedHashMap<>();

  Report(Runs results, List<Map<String, Object>> measurements, Options options) {
    this.results = results;
    this.measurements = measurements;
    this.options = options;
    environment("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    environment("command", System.getProperty("bench.command", "unknown"));
    environment("commit", System.getProperty("bench.commit", "unknown"));
    Machine.describe().forEach(this::environment);
    environment("flags", String.join(" ", options.flags()));
    for (SystemSpec system : options.systems()) {
      if (!system.flags().isEmpty()) {
        environment("flags of " + system.label(), String.join(" ", system.flags()));
      }
    }
    if (options.works().contains(Work.FILE)) {
      environment("fileBytes", options.fileBytes());
    }
    environment("runs", options.runs());
    environment("roundsEach", options.rounds());
    environment("secondsEach", options.millis() / 1000.0);
    environment("loadAfter", Machine.load());
    double[] others = others();
    environment("coresUsedByOthers", others.length == 0 ? 0 : others[others.length / 2]);
    environment("coresUsedByOthersAtMost", others.length == 0 ? 0 : others[others.length - 1]);
  }

  void environment(String name, Object value) {
    environment.put(name, value);
  }

  private double[] others() {
    return measurements.stream()
        .mapToDouble(m -> Math.round((Double) m.get("coresUsedByOthers") * 100) / 100.0)
        .sorted()
        .toArray();
  }

  private List<Row> rows() {
    return Arrays.stream(Row.values()).filter(results::has).toList();
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("| work |");
    options.systems().forEach(s -> text.append(' ').append(s.label()).append(" |"));
    text.append(
        " RpcEnv / bare Netty | event loop / bare Netty | RpcEnv / Netty by hand | RpcEnv / best peer"
            + " | to reach |\n|---|");
    text.append("---|".repeat(options.systems().size() + 5)).append('\n');
    rows().forEach(row -> text.append(line(row)).append('\n'));
    text.append('\n');
    text.append(
        "Beside what each did on the machine for which the goals were set; more is better:\n\n");
    rows().forEach(row -> text.append(besideKnown(row)));
    text.append('\n');
    environment.forEach((k, v) -> text.append("- ").append(k).append(": ").append(v).append('\n'));
    return text.toString();
  }

  private String line(Row row) {
    List<String> cells = new ArrayList<>();
    cells.add(row.label());
    for (SystemSpec system : options.systems()) {
      OptionalDouble median = results.median(row, system);
      cells.add(median.isPresent() ? row.unit().format(median.getAsDouble()) : "");
    }
    Goal toNetty = Goal.least(1, Goal.Against.NETTY);
    cells.add(ratio(row, toNetty));
    cells.add(ratio(row, toNetty.withEventLoop()));
    cells.add(ratio(row, Goal.least(1, Goal.Against.NETTY_BY_HAND)));
    cells.add(ratio(row, Goal.least(1, Goal.Against.BEST_PEER)));
    cells.add(row.goals().stream().map(g -> verdict(row, g)).collect(Collectors.joining("; ")));
    return "| " + String.join(" | ", cells) + " |";
  }

  /** Says how each does beside what it did where the goals were set: is it at its best here? */
  private String besideKnown(Row row) {
    List<String> times = new ArrayList<>();
    for (SystemSpec system : Known.SYSTEMS) {
      OptionalDouble here =
          system == SystemSpec.NETTY ? results.bareNetty(row) : results.median(row, system);
      Known.times(row, system, here)
          .ifPresent(
              t ->
                  times.add(
                      Known.label(system) + " " + Unit.round(t) + " ×" + Known.remark(system, t)));
    }
    return times.isEmpty() ? "" : "- " + row.label() + ": " + String.join(", ", times) + "\n";
  }

  private String ratio(Row row, Goal goal) {
    OptionalDouble ratio = results.ratio(row, goal);
    return ratio.isPresent() ? Unit.round(ratio.getAsDouble()) : "";
  }

  private String verdict(Row row, Goal goal) {
    OptionalDouble ratio = results.ratio(row, goal);
    if (ratio.isEmpty()) {
      return goal + ": not measured";
    }
    return goal + (goal.isMetBy(ratio.getAsDouble()) ? ": met" : ": **missed**");
  }

  /** Writes table, JSON and chart, with the name that is given and their own endings. */
  void write(Path out) throws IOException {
    Files.createDirectories(out.toAbsolutePath().getParent());
    Files.writeString(Path.of(out + ".md"), markdown());
    Files.writeString(Path.of(out + ".json"), Json.of(json()) + "\n");
    Files.writeString(Path.of(out + ".svg"), new BarChart(results, options, environment).svg());
  }

  private Map<String, Object> json() {
    Map<String, Object> rows = new LinkedHashMap<>();
    for (Row row : rows()) {
      rows.put(row.name(), json(row));
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("environment", environment);
    all.put("rows", rows);
    all.put("measurements", measurements);
    return all;
  }

  private Map<String, Object> json(Row row) {
    Map<String, Object> medians = new LinkedHashMap<>();
    for (SystemSpec system : options.systems()) {
      results.median(row, system).ifPresent(median -> medians.put(system.key(), median));
    }
    Map<String, Object> goals = new LinkedHashMap<>();
    for (Goal goal : row.goals()) {
      results.ratio(row, goal).ifPresent(ratio -> goals.put(goal.toString(), ratio));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("work", row.label());
    json.put("unit", row.unit().label());
    json.put("median", medians);
    json.put("reached", goals);
    return json;
  }
}
