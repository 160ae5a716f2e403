// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.profile;

import java.util.ArrayList;
import java.util.List;

/**
 * What a thread was seen at.
 *
 * @param thread which, without its number
 * @param frames the outermost first
 * @param samples how often
 */
record Stack(String thread, List<String> frames, long samples) {

  /** Reads the collapsed form: {@code [thread tid=1];outer;inner 42}, a line for each. */
  static List<Stack> parse(String collapsed) {
    List<Stack> stacks = new ArrayList<>();
    for (String line : collapsed.split("\n")) {
      int end = line.lastIndexOf(' ');
      if (end > 0) {
        String[] frames = line.substring(0, end).split(";");
        List<String> inner = List.of(frames).subList(1, frames.length);
        stacks.add(new Stack(thread(frames[0]), inner, Long.parseLong(line.substring(end + 1))));
      }
    }
    return stacks;
  }

  private static String thread(String frame) {
    return frame
        .replaceAll("^\\[| tid=\\d+\\]$", "")
        .replaceAll("[-# ]?\\d+$", "")
        .replaceAll("^tid=?$", "other");
  }

  static long total(List<Stack> stacks) {
    return stacks.stream().mapToLong(Stack::samples).sum();
  }
}
