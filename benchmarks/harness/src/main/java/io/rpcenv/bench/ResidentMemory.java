// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** How much more memory of the machine this JVM has than before. Knows Linux only. */
final class ResidentMemory {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final double KIB_PER_MIB = 1024;

  private long before;
  private long most;

  /**
   * Takes what there is now as the beginning. Collects garbage, as a heap that has room takes new
   * memory until its next collection, whoever uses it.
   */
  void begin() throws IOException {
    System.gc();
    before = residentKib();
    most = before;
  }

  /** Notices what there is now. */
  void look() throws IOException {
    most = Math.max(most, residentKib());
  }

  /** Returns how much more there was at most since the beginning; empty if nothing tells. */
  OptionalDouble growthMib() {
    return before == 0 ? OptionalDouble.empty() : OptionalDouble.of((most - before) / KIB_PER_MIB);
  }

  private static long residentKib() throws IOException {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(RESIDENT)) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return 0;
  }
}
