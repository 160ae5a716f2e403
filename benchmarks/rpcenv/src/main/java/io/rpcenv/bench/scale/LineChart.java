// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.scale;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Throughput by payload, RpcEnv's line and bare Netty's, both axes logarithmic; and by the number
 * of asking threads.
 */
final class LineChart {

  private static final int LEFT = 70;
  private static final int RIGHT = 620;
  private static final int TOP = 60;
  private static final int BOTTOM = 340;
  private static final double MOST = 8;
  private static final double LEAST = 1.0 / 1024 / 4;

  private static final String STYLE =
      """
      <style>
        text { font: 12px system-ui, sans-serif; fill: #1f2328; }
        .note { font-size: 10px; } .bar { fill: #0969da; } .bare { fill: #8c959f; }
        .title { font-weight: 600; font-size: 13px; }
        .grid { stroke: #d1d9e0; } path { fill: none; stroke-width: 2; }
        .tuned { stroke-dasharray: 5 4; stroke: #8c959f; }
        .netty { stroke: #8c959f; } .rpcenv { stroke: #0969da; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3; } .grid { stroke: #3d444d; }
          .netty, .tuned { stroke: #9198a1; } .rpcenv { stroke: #4493f8; }
          .bar { fill: #4493f8; } .bare { fill: #9198a1; }
        }
      </style>
      """;

  private final Outcome outcome;
  private final Map<String, Object> environment;
  private final StringBuilder svg = new StringBuilder();

  LineChart(Outcome outcome, Map<String, Object> environment) {
    this.outcome = outcome;
    this.environment = environment;
  }

  String svg() {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 760 %d\" role=\"img\">",
        BOTTOM + 180);
    svg.append(STYLE);
    add("<text class=\"title\" x=\"10\" y=\"20\">Asks by payload, answered with the same</text>");
    add("<text x=\"10\" y=\"44\">GiB/s, one way</text>");
    add("<text x=\"%d\" y=\"%d\">bytes in the payload</text>", RIGHT - 110, BOTTOM + 40);
    for (double rate = LEAST; rate <= MOST; rate *= 8) {
      String label = rate >= 1 ? "%.0f" : "%.4f";
      add("<path class=\"grid\" d=\"M%d %.1fH%d\"/>", LEFT, y(rate), RIGHT);
      add("<text x=\"10\" y=\"%.1f\">" + label + "</text>", y(rate) + 4, rate);
    }
    for (int bytes = PayloadPart.LEAST; bytes <= PayloadPart.MOST; bytes *= 16) {
      add("<text x=\"%.1f\" y=\"%d\">%s</text>", x(bytes) - 10, BOTTOM + 20, size(bytes));
    }
    line("bare Netty", "netty");
    line("Netty by hand", "tuned");
    line("RpcEnv", "rpcenv");
    threads();
    note();
    return svg.append("</svg>\n").toString();
  }

  private void line(String system, String style) {
    StringBuilder path = new StringBuilder();
    double end = 0;
    for (int bytes = PayloadPart.LEAST; bytes <= PayloadPart.MOST; bytes *= 4) {
      OptionalDouble rate = outcome.median(PayloadPart.name(system, bytes));
      if (rate.isPresent()) {
        end = y(rate.getAsDouble());
        path.append(path.length() == 0 ? 'M' : 'L');
        path.append(String.format(Locale.ROOT, "%.1f %.1f", x(bytes), end));
      }
    }
    add("<path class=\"%s\" d=\"%s\"/>", style, path);
    add("<text x=\"%d\" y=\"%.1f\">%s</text>", RIGHT + 8, end + 4, system);
  }

  /** Two small bars for each number of asking threads. */
  private void threads() {
    double best = 0;
    for (int threads : ThreadsPart.THREADS) {
      best = Math.max(best, outcome.median(ThreadsPart.name(threads)).orElse(0));
      best = Math.max(best, outcome.median(ThreadsPart.bareName(threads)).orElse(0));
    }
    if (best == 0) {
      return;
    }
    int bottom = BOTTOM + 140;
    int x = LEFT;
    add(
        "<text class=\"title\" x=\"10\" y=\"%d\">Asks a second by asking threads, in millions</text>",
        BOTTOM + 66);
    for (int threads : ThreadsPart.THREADS) {
      bar("bar", x, bottom, outcome.median(ThreadsPart.name(threads)).orElse(0), best);
      bar("bare", x + 34, bottom, outcome.median(ThreadsPart.bareName(threads)).orElse(0), best);
      add("<text x=\"%d\" y=\"%d\">%d</text>", x + 24, bottom + 15, threads);
      x += 78;
    }
  }

  private void bar(String style, int x, int bottom, double rate, double best) {
    double height = 50 * rate / best;
    add(
        "<rect class=\"%s\" x=\"%d\" y=\"%.1f\" width=\"30\" height=\"%.1f\"/>",
        style, x, bottom - height, height);
    add("<text x=\"%d\" y=\"%.1f\">%.2f</text>", x + 2, bottom - height - 4, rate / 1e6);
  }

  private void note() {
    String text =
        "%s · commit %s · %s, %s cores · %s · %s"
            .formatted(
                environment.get("date"),
                environment.get("commit"),
                environment.get("cpu"),
                environment.get("cores"),
                environment.get("jdk"),
                environment.get("flags"));
    add("<text class=\"note\" x=\"10\" y=\"%d\">%s</text>", BOTTOM + 174, text);
  }

  private static double x(int bytes) {
    double most = Math.log((double) PayloadPart.MOST / PayloadPart.LEAST);
    return LEFT + (RIGHT - LEFT) * Math.log((double) bytes / PayloadPart.LEAST) / most;
  }

  private static double y(double rate) {
    double part = Math.log(Math.max(rate, LEAST) / LEAST) / Math.log(MOST / LEAST);
    return BOTTOM - (BOTTOM - TOP) * part;
  }

  private static String size(int bytes) {
    if (bytes >= 1 << 20) {
      return (bytes >> 20) + " Mi";
    }
    return bytes >= 1 << 10 ? (bytes >> 10) + " Ki" : "" + bytes;
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
