// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.scale;

import io.rpcenv.bench.Main;
import io.rpcenv.bench.compare.Machine;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How cost grows with endpoints, pending asks, connections, asking threads and payload. */
public final class Scale extends Main {

  private static final List<String> PARTS =
      List.of("endpoints", "pending", "connections", "threads", "payload");

  private List<String> parts = PARTS;
  private boolean quick;
  private String out = "";
  private final Outcome outcome = new Outcome();

  private Scale() {}

  /** Runs the parts; see {@code benchmarks/run help}. */
  public static void main(String[] arguments) {
    new Scale().start(arguments);
  }

  @Override
  protected boolean option(String name, String value) {
    switch (name) {
      case "--parts" -> parts = parts(value);
      case "--quick" -> quick = quick(value);
      case "--out" -> out = value;
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  protected void run() throws Exception {
    String load = Machine.load();
    Machine.OthersWatch others = Machine.watchOthers();
    for (String part : parts) {
      part(part);
    }
    report(load, others);
  }

  private static List<String> parts(String value) {
    List<String> wanted = List.of(value.split(","));
    if (!PARTS.containsAll(wanted)) {
      throw new WrongOption("--parts: " + value + " (expected: some of " + PARTS + ")");
    }
    return wanted;
  }

  private static boolean quick(String value) {
    if (!value.equals("true") && !value.equals("false")) {
      throw new WrongOption("--quick: " + value + " (expected: true or false)");
    }
    return value.equals("true");
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
      default -> throw new AssertionError(part);
    }
  }

  private static String flags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-X"))
        .collect(Collectors.joining(" "));
  }

  private void report(String load, Machine.OthersWatch others) throws Exception {
    Map<String, Object> environment = new LinkedHashMap<>();
    environment.put("command", System.getProperty("bench.command", "unknown"));
    environment.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    environment.put("commit", System.getProperty("bench.commit", "unknown"));
    environment.putAll(Machine.describe());
    environment.put("flags", flags());
    environment.put("loadBefore", load);
    environment.put("loadAfter", Machine.load());
    environment.put("coresUsedByOthers", others.cores());
    System.out.println(outcome.markdown(environment));
    if (!out.isEmpty()) {
      Files.createDirectories(Path.of(out).toAbsolutePath().getParent());
      Files.writeString(Path.of(out + ".md"), outcome.markdown(environment));
      Files.writeString(Path.of(out + ".json"), outcome.json(environment));
      if (parts.contains("payload")) {
        Files.writeString(Path.of(out + ".svg"), new LineChart(outcome, environment).svg());
      }
    }
  }
}
