// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.scale;

import io.rpcenv.bench.compare.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How cost grows with endpoints, pending asks, connections, asking threads and payload. */
public final class Scale {

  private List<String> parts = List.of("endpoints", "pending", "connections", "threads", "payload");
  private boolean quick;
  private String out = "";
  private final Outcome outcome = new Outcome();

  private Scale() {}

  /** Runs the parts; see {@code benchmarks/run help}. */
  public static void main(String[] arguments) {
    int status = 0;
    try {
      new Scale().run(arguments);
    } catch (Throwable failure) {
      System.err.println("FAILED: " + failure);
      failure.printStackTrace();
      status = 1;
    }
    System.exit(status);
  }

  private void run(String[] arguments) throws Exception {
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      switch (arguments[i]) {
        case "--parts" -> parts = List.of(arguments[i + 1].split(","));
        case "--quick" -> quick = Boolean.parseBoolean(arguments[i + 1]);
        case "--out" -> out = arguments[i + 1];
        default -> throw new IllegalArgumentException(arguments[i] + " (expected: see run help)");
      }
    }
    String load = Machine.load();
    for (String part : parts) {
      part(part);
    }
    report(load);
  }

  private void part(String part) throws Exception {
    int thousand = quick ? 10 : 1000;
    long millis = quick ? 100 : 2000;
    int rounds = quick ? 1 : 5;
    switch (part) {
      case "endpoints" -> EndpointsPart.run(outcome, 1000 * thousand, 2000 * thousand);
      case "pending" ->
          PendingPart.run(outcome, 1000 * thousand, Duration.ofSeconds(quick ? 2 : 20));
      case "connections" -> ConnectionsPart.run(outcome, quick ? 50 : 2000, millis, rounds);
      case "threads" -> ThreadsPart.run(outcome, millis, rounds);
      case "payload" -> PayloadPart.run(outcome, quick ? 50 : 1000, quick ? 1 : 3);
      default -> throw new IllegalArgumentException("part: " + part + " (expected: see run help)");
    }
  }

  private void report(String load) throws Exception {
    Map<String, Object> environment = new LinkedHashMap<>();
    environment.put("command", System.getProperty("bench.command", "unknown"));
    environment.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    environment.put("commit", System.getProperty("bench.commit", "unknown"));
    environment.putAll(Machine.describe());
    environment.put("loadBefore", load);
    environment.put("loadAfter", Machine.load());
    System.out.println(outcome.markdown(environment));
    if (!out.isEmpty()) {
      Files.createDirectories(Path.of(out).toAbsolutePath().getParent());
      Files.writeString(Path.of(out + ".json"), outcome.json(environment));
      if (parts.contains("payload")) {
        Files.writeString(Path.of(out + ".svg"), new LineChart(outcome).svg());
      }
    }
  }
}
