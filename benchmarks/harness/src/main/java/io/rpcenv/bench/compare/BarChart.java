// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One small panel for each row, with a bar for each system; readable on light and dark pages. */
final class BarChart {

  private static final int PANEL_WIDTH = 470;
  private static final int LABEL_WIDTH = 130;
  private static final int BAR_SPACE = 220;
  private static final int BAR = 18;
  private static final int TOP = 54;

  private static final String STYLE =
      """
      <style>
        text { font: 12px system-ui, sans-serif; fill: #1f2328; }
        .title { font-weight: 600; font-size: 13px; }
        .note { fill: #59636e; font-size: 11px; }
        .axis { stroke: #59636e; stroke-width: 1; }
        .limit { fill: #8c959f; } .ours { fill: #0969da; } .peer { fill: #d4a72c; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3; } .note { fill: #9198a1; } .axis { stroke: #9198a1; }
          .limit { fill: #6e7681; } .ours { fill: #4493f8; } .peer { fill: #9e7a1b; }
        }
      </style>
      """;

  private final Runs results;
  private final List<SystemSpec> systems;
  private final Map<String, Object> environment;
  private final StringBuilder svg = new StringBuilder();

  BarChart(Runs results, Options options, Map<String, Object> environment) {
    this.results = results;
    this.systems = options.systems();
    this.environment = environment;
  }

  String svg() {
    List<Row> rows = Arrays.stream(Row.values()).filter(results::has).toList();
    int panelHeight = 44 + systems.size() * (BAR + 4);
    int height = TOP + (rows.size() + 1) / 2 * panelHeight;
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">",
        2 * PANEL_WIDTH, height);
    svg.append(STYLE);
    text(10, 20, "title", "RpcEnv, bare Netty and others: the same work on the same machine");
    text(10, 38, "note", note());
    for (int i = 0; i < rows.size(); i++) {
      panel(rows.get(i), i % 2 * PANEL_WIDTH, TOP + i / 2 * panelHeight);
    }
    return svg.append("</svg>\n").toString();
  }

  private String note() {
    return String.join(
        " · ",
        environment.get("date").toString(),
        "commit " + environment.get("commit"),
        environment.get("cpu") + ", " + environment.get("cores") + " cores",
        environment.get("jdk").toString(),
        environment.get("flags").toString());
  }

  private void panel(Row row, int x, int y) {
    String better = row.unit().moreIsBetter() ? "more is better" : "less is better";
    text(x + 10, y + 16, "title", row.label() + " (" + row.unit().label() + ", " + better + ")");
    double most =
        systems.stream()
            .flatMap(s -> results.median(row, s).stream().boxed())
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(1);
    int line = y + 26;
    List<SystemSpec> measured =
        systems.stream().filter(s -> results.median(row, s).isPresent()).toList();
    for (SystemSpec system : measured) {
      bar(row, system, most, x + LABEL_WIDTH, line);
      line += BAR + 4;
    }
    int axis = x + LABEL_WIDTH;
    add("<path class=\"axis\" d=\"M%d %dV%d\"/>", axis, y + 24, line);
  }

  private void bar(Row row, SystemSpec system, double most, int x, int y) {
    add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", x - 6, y + 13, system.label());
    double median = results.median(row, system).orElseThrow();
    int width = (int) Math.max(1, Math.round(median / most * BAR_SPACE));
    add(
        "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>",
        colour(system), x, y, width, BAR);
    text(x + width + 6, y + 13, "value", row.unit().format(median));
  }

  private static String colour(SystemSpec system) {
    if (system.isPeer()) {
      return "peer";
    }
    return system.module().equals("netty") ? "limit" : "ours";
  }

  private void text(int x, int y, String style, String text) {
    add("<text x=\"%d\" y=\"%d\" class=\"%s\">%s</text>", x, y, style, escape(text));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
