// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the machine is, and what it does beside the benchmark. Knows Linux; elsewhere says less. */
public final class Machine {

  private static final long NANOS_PER_TICK = 10_000_000;

  private Machine() {}

  /** Returns its processor, its JDK and the like. */
  public static Map<String, Object> describe() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    all.put("cpu", cpu());
    all.put("cores", Runtime.getRuntime().availableProcessors());
    all.put("jdk", System.getProperty("java.vendor") + " " + System.getProperty("java.vm.version"));
    return all;
  }

  private static String cpu() {
    return lines("/proc/cpuinfo").stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).trim())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }

  /** Watches from now on what others take of the processors. */
  public static OthersWatch watchOthers() {
    return new OthersWatch(System.nanoTime(), busyNanos() - ownNanos());
  }

  /** Since when, and what all others had used until then. */
  public record OthersWatch(long since, long nanos) {
    /** Returns how many cores others have used on average, to a hundredth. */
    public double cores() {
      double used = (double) (busyNanos() - ownNanos() - nanos) / (System.nanoTime() - since);
      return Math.round(used * 100) / 100.0;
    }
  }

  /** Returns the load average of the last minute, or nothing where there is none. */
  public static String load() {
    List<String> lines = lines("/proc/loadavg");
    return lines.isEmpty() ? "" : lines.get(0).split(" ")[0];
  }

  /** Returns the processor time that all processes together have used, or 0 if that is unknown. */
  static long busyNanos() {
    List<String> lines = lines("/proc/stat");
    if (lines.isEmpty()) {
      return 0;
    }
    String[] ticks = lines.get(0).trim().split(" +");
    long busy = 0;
    for (int i = 1; i < Math.min(ticks.length, 9); i++) {
      boolean idle = i == 4 || i == 5;
      busy += idle ? 0 : Long.parseLong(ticks[i]);
    }
    return busy * NANOS_PER_TICK;
  }

  /** Returns the processor time that this process and its children that have ended have used. */
  static long ownNanos() {
    List<String> lines = lines("/proc/self/stat");
    if (lines.isEmpty()) {
      return 0;
    }
    String line = lines.get(0);
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" "); // from the state on
    long ticks = 0;
    for (int i = 11; i <= 14; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks * NANOS_PER_TICK;
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (IOException e) {
      return List.of();
    }
  }
}
