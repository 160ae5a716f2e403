// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.compare;

import io.rpcenv.bench.Main;
import io.rpcenv.bench.Work;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The command line of {@link Compare}. */
final class Options {

  private int runs = 1;
  private int rounds = 5;
  private int threads = 1;
  private boolean smoke;
  private long millis = 3000;
  private long warmUpMillis = 6000;
  private long fileBytes = 2L << 30;
  private String heap = "2g";
  private List<SystemSpec> systems = List.of(SystemSpec.values());
  private List<Work> works = List.of(Work.values());
  private String out = "";

  static Options parse(String[] arguments) {
    Options options = new Options();
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + ": nothing (expected: a value)");
      }
      options.set(arguments[i], arguments[i + 1]);
    }
    return options;
  }

  private void set(String name, String value) {
    switch (name) {
      case "--runs" -> runs = Main.number(name, value);
      case "--rounds" -> rounds = Main.number(name, value);
      case "--threads" -> threads = Main.number(name, value);
      case "--millis" -> millis = Main.number(name, value);
      case "--warm-up" -> warmUpMillis = Main.number(name, value);
      case "--file-size" -> fileBytes = bytes(value);
      case "--heap" -> heap = value;
      case "--systems" -> systems = Arrays.stream(value.split(",")).map(SystemSpec::of).toList();
      case "--works" -> works = Arrays.stream(value.split(",")).map(Work::of).toList();
      case "--smoke" -> smoke = Boolean.parseBoolean(value);
      case "--out" -> out = value;
      default -> throw new IllegalArgumentException(name + " (expected: see benchmarks/run help)");
    }
  }

  private static long bytes(String value) {
    if (!value.matches("[1-9][0-9]{0,8}[kmg]?")) {
      throw new IllegalArgumentException("--file-size: " + value + " (expected: such as 2g)");
    }
    String number = value.replaceAll("\\D", "");
    int shift = 10 * (1 + "kmg".indexOf(value.charAt(value.length() - 1)));
    return Long.parseLong(number) << shift;
  }

  int runs() {
    return runs;
  }

  int rounds() {
    return rounds;
  }

  int threads() {
    return threads;
  }

  long millis() {
    return millis;
  }

  long warmUpMillis() {
    return warmUpMillis;
  }

  long fileBytes() {
    return fileBytes;
  }

  List<String> flags() {
    return List.of("-Xms" + heap, "-Xmx" + heap, "-XX:-UsePerfData");
  }

  /** Tells whether a result that is out of all proportion is a failure. */
  boolean smoke() {
    return smoke;
  }

  List<SystemSpec> systems() {
    return systems;
  }

  List<Work> works() {
    return works;
  }

  /** Returns where the results go, without the ending; empty: nowhere. */
  String out() {
    return out;
  }

  /** Returns the folder of the benchmarks project. */
  static Path root() {
    return Path.of(System.getProperty("bench.root", "."));
  }
}
