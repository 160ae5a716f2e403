// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.profile;

import io.rpcenv.EndpointExecutor;
import io.rpcenv.bench.Main;
import io.rpcenv.bench.Runner;
import io.rpcenv.bench.Sink;
import io.rpcenv.bench.Work;
import io.rpcenv.bench.compare.Machine;
import io.rpcenv.bench.rpcenv.RpcEnvSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import one.profiler.AsyncProfiler;

/**
 * Says what the processors do for one message, client and server in this JVM: a table in
 * nanoseconds, and a flame graph. Samples are taken by processor time, with async-profiler.
 */
public final class Profile extends Main {

  private static final String START = "start,event=itimer,interval=200us,threads";
  private static final Set<Work> WORKS =
      EnumSet.of(
          Work.ASK_64, Work.ASK_1024, Work.SEND, Work.LARGE, Work.LOCAL_SEND, Work.LOCAL_ASK);

  private Work work = Work.ASK_64;
  private long millis = 20_000;
  private long warmUp = 10_000;
  private EndpointExecutor executor = EndpointExecutor.SHARED;
  private String out = "";

  private Profile() {}

  /** Runs it; see {@code benchmarks/run help}. */
  public static void main(String[] arguments) {
    new Profile().start(arguments);
  }

  @Override
  protected boolean option(String name, String value) {
    switch (name) {
      case "--work" -> work = work(value);
      case "--millis" -> millis = number(name, value);
      case "--warm-up" -> warmUp = number(name, value);
      case "--executor" -> executor = executor(value);
      case "--out" -> out = value;
      default -> {
        return false;
      }
    }
    return true;
  }

  private static Work work(String value) {
    return WORKS.stream()
        .filter(known -> known.key().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new WrongOption(
                    "--work: "
                        + value
                        + " (expected: one of "
                        + WORKS.stream().map(Work::key).toList()
                        + ")"));
  }

  private static EndpointExecutor executor(String value) {
    try {
      return EndpointExecutor.valueOf(value);
    } catch (IllegalArgumentException e) {
      throw new WrongOption(
          "--executor: "
              + value
              + " (expected: one of "
              + List.of(EndpointExecutor.values())
              + ")");
    }
  }

  @Override
  protected void run() throws Exception {
    Map<String, Double> measured;
    List<Stack> stacks;
    Sink sink = new Sink();
    RpcEnvSystem system = new RpcEnvSystem(executor, sink);
    try {
      Runner runner = new Runner(system, sink);
      runner.warmUp(work, 1, warmUp);
      runner.run(work, 1, millis / 20);
      runner.run(work, 1, millis / 20); // chooses the pacing
      AsyncProfiler profiler = AsyncProfiler.getInstance();
      profiler.execute(START);
      measured = runner.run(work, 1, millis);
      profiler.execute("stop");
      stacks = Stack.parse(profiler.execute("collapsed,threads"));
    } finally {
      system.close();
    }
    report(stacks, measured);
  }

  private void report(List<Stack> stacks, Map<String, Double> measured) throws IOException {
    double nanosEach = measured.get("cpuNanosEach");
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s, endpoint on %s: %.0f ns of processor time each, both sides; %.0f a second.%n%n",
            work.key(),
            executor,
            nanosEach,
            measured.get("perSecond")));
    table(text, "step", stacks, nanosEach, stack -> Step.of(stack).label());
    table(text, "thread", stacks, nanosEach, Stack::thread);
    String note = note(stacks);
    text.append(note).append('\n');
    System.out.println(text);
    if (!out.isEmpty()) {
      Path file = Path.of(out + ".md").toAbsolutePath();
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      String title = work.key() + ": width is processor time";
      Files.writeString(Path.of(out + ".svg"), new FlameGraph(stacks).svg(title, note));
    }
  }

  private static void table(
      StringBuilder text,
      String first,
      List<Stack> stacks,
      double nanosEach,
      Function<Stack, String> key) {
    Map<String, Long> sums =
        stacks.stream().collect(Collectors.groupingBy(key, Collectors.summingLong(Stack::samples)));
    double total = Stack.total(stacks);
    text.append("| ").append(first).append(" | ns each | share |\n|---|---|---|\n");
    sums.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .filter(sum -> sum.getValue() / total >= 0.002)
        .forEach(
            sum ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "| %s | %.0f | %.1f %% |%n",
                        sum.getKey(),
                        sum.getValue() / total * nanosEach,
                        sum.getValue() / total * 100)));
    text.append('\n');
  }

  private static String note(List<Stack> stacks) {
    Map<String, Object> machine = Machine.describe();
    return String.join(
        " · ",
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        "commit " + System.getProperty("bench.commit", "unknown"),
        machine.get("cpu") + ", " + machine.get("cores") + " cores",
        machine.get("jdk").toString(),
        Stack.total(stacks) + " samples",
        System.getProperty("bench.command", ""));
  }
}
