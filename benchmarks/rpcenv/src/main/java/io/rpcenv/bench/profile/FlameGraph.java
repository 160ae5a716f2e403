// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.profile;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stacks on top of each other, each frame as wide as the time it was seen for; the threads are at
 * the bottom. After Brendan Gregg's flame graphs. The full name of a frame is its tooltip.
 */
final class FlameGraph {

  private static final int WIDTH = 1200;
  private static final int LINE = 15;
  private static final int TOP = 50;
  private static final int DEEPEST = 48;
  private static final double NARROWEST = 0.6;
  private static final double LETTER = 6.3;

  private static final String STYLE =
      """
      <style>
        text { font: 10.5px system-ui, sans-serif; fill: #1f2328; pointer-events: none; }
        .title { font-weight: 600; font-size: 13px; }
        .note { fill: #59636e; font-size: 11px; }
        rect { stroke: #ffffff; stroke-width: 0.4; }
        .ours { fill: #9ecbff; } .netty { fill: #a7e3b4; } .jdk { fill: #e3e5e8; }
        .native { fill: #f3cf8e; } .bench { fill: #f4b8c4; }
      </style>
      """;

  private static final class Frame {

    private final Map<String, Frame> callees = new TreeMap<>();
    private long samples;

    void add(List<String> rest, long count) {
      samples += count;
      if (!rest.isEmpty()) {
        callees
            .computeIfAbsent(rest.get(0), name -> new Frame())
            .add(rest.subList(1, rest.size()), count);
      }
    }

    int depth(long fewest) {
      return samples < fewest
          ? 0
          : 1 + callees.values().stream().mapToInt(f -> f.depth(fewest)).max().orElse(0);
    }
  }

  private final Frame root = new Frame();
  private final StringBuilder svg = new StringBuilder();
  private int bottom;

  FlameGraph(List<Stack> stacks) {
    for (Stack stack : stacks) {
      Frame thread = root.callees.computeIfAbsent(stack.thread(), name -> new Frame());
      root.samples += stack.samples();
      List<String> frames = stack.frames();
      thread.add(frames.subList(0, Math.min(frames.size(), DEEPEST)), stack.samples());
    }
  }

  String svg(String title, String note) {
    long fewest = (long) Math.ceil(root.samples * NARROWEST / WIDTH);
    int height = TOP + root.depth(fewest) * LINE;
    bottom = height - LINE;
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">",
        WIDTH, height);
    svg.append(STYLE);
    add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, height);
    add("<text x=\"8\" y=\"18\" class=\"title\">%s</text>", escape(title));
    add("<text x=\"8\" y=\"36\" class=\"note\">%s</text>", escape(note));
    draw(root, 0, 0);
    return svg.append("</svg>\n").toString();
  }

  private void draw(Frame caller, double x, int level) {
    double left = x;
    for (Map.Entry<String, Frame> callee : caller.callees.entrySet()) {
      double width = (double) callee.getValue().samples / root.samples * WIDTH;
      if (width >= NARROWEST) {
        frame(callee.getKey(), callee.getValue(), left, width, bottom - level * LINE);
        draw(callee.getValue(), left, level + 1);
      }
      left += width;
    }
  }

  private void frame(String name, Frame frame, double x, double width, int y) {
    add(
        "<g><title>%s, %.1f %%</title><rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
        escape(name), 100.0 * frame.samples / root.samples, colour(name), x, y, width, LINE);
    String text = name.substring(name.lastIndexOf('/') + 1);
    int letters = (int) ((width - 4) / LETTER);
    if (letters >= 4) {
      String shown = text.length() <= letters ? text : text.substring(0, letters - 1) + "…";
      add("<text x=\"%.1f\" y=\"%d\">%s</text>", x + 2, y + LINE - 4, escape(shown));
    }
    svg.append("</g>\n");
  }

  private static String colour(String name) {
    if (name.startsWith("io/rpcenv/bench/")) {
      return "bench";
    }
    if (name.startsWith("io/rpcenv/") || name.startsWith("rpc-")) {
      return "ours";
    }
    if (name.startsWith("io/netty/")) {
      return "netty";
    }
    return name.contains("/") ? "jdk" : "native";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
