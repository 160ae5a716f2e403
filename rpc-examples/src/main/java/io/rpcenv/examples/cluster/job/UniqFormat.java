// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.job;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * Writes word counts as {@code LC_ALL=C tr -cs 'A-Za-z' '\n' | tr A-Z a-z | grep . | sort | uniq
 * -c} does: the count right-aligned in 7 columns, a blank, the word, sorted by word.
 */
public final class UniqFormat {

  private UniqFormat() {}

  /** Writes all words, sorted by word. */
  public static void write(NavigableMap<String, Long> counts, Appendable out) throws IOException {
    for (Map.Entry<String, Long> entry : counts.entrySet()) {
      out.append(line(entry)).append('\n');
    }
  }

  /** Returns the lines of the most frequent words, the most frequent first, at most {@code n}. */
  public static List<String> top(NavigableMap<String, Long> counts, int n) {
    Comparator<Map.Entry<String, Long>> byCount = Map.Entry.comparingByValue();
    return counts.entrySet().stream()
        .sorted(byCount.reversed().thenComparing(Map.Entry.comparingByKey()))
        .limit(n)
        .map(UniqFormat::line)
        .toList();
  }

  private static String line(Map.Entry<String, Long> entry) {
    String count = Long.toString(entry.getValue());
    return " ".repeat(Math.max(0, 7 - count.length())) + count + " " + entry.getKey();
  }
}
