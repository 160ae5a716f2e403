// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.stress;

import io.rpcenv.bench.compare.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.GradingResult;
import org.openjdk.jcstress.infra.grading.ReportUtils;
import org.openjdk.jcstress.infra.runners.TestList;

/** What each test ended in, how often, and whether it may. */
final class Report {

  private static final String INDENT = "    ";

  private final Map<String, TestResult> results = new TreeMap<>();
  private final Collection<String> tests;
  private final String given;

  private Report(Collection<String> tests, Collection<TestResult> all, String given) {
    this.tests = tests;
    this.given = given;
    ReportUtils.mergedByName(all).forEach(result -> results.put(result.getName(), result));
  }

  /**
   * Reads the results of a run.
   *
   * @param tests the names of those that were to run
   * @param file jcstress's results; not there if it ran nothing
   * @param given its options
   */
  static Report of(Collection<String> tests, Path file, String given)
      throws IOException, ClassNotFoundException {
    InProcessCollector collector = new InProcessCollector();
    if (Files.exists(file)) {
      DiskReadCollector reader = new DiskReadCollector(file.toString(), collector);
      reader.dump();
      reader.close();
    }
    return new Report(tests, collector.getTestResults(), given);
  }

  boolean isPassed() {
    return !tests.isEmpty() && tests.stream().allMatch(test -> verdict(test).equals("ok"));
  }

  private String verdict(String test) {
    TestResult result = results.get(test);
    if (result == null || result.status() == Status.NORMAL && result.getTotalCount() == 0) {
      return "NOT RUN";
    } else if (result.status() != Status.NORMAL) {
      return result.status().toString();
    }
    return result.grading().isPassed ? "ok" : "FORBIDDEN OUTCOME";
  }

  String text() {
    StringBuilder text = new StringBuilder("Hand-offs of rpc-core under jcstress\n\n");
    about().forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    tests.forEach(test -> append(text, test));
    long passed = tests.stream().filter(test -> verdict(test).equals("ok")).count();
    long samples = results.values().stream().mapToLong(TestResult::getTotalCount).sum();
    return text.append(
            line(
                "%n%d tests: %d ok, %d not; %,d samples%n",
                tests.size(), passed, tests.size() - passed, samples))
        .toString();
  }

  private Map<String, Object> about() {
    Map<String, Object> about = Machine.describe();
    about.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS));
    about.put("command", System.getProperty("bench.command", "unknown"));
    about.put("commit", System.getProperty("bench.commit", "unknown"));
    about.put("options of jcstress", given);
    return about;
  }

  private void append(StringBuilder text, String test) {
    text.append(line("%n%s: %s%n", test, verdict(test)));
    text.append(INDENT).append(TestList.getInfo(test).description()).append('\n');
    TestResult result = results.get(test);
    if (result != null) {
      Collection<GradingResult> outcomes = result.grading().gradingResults.values();
      int width = outcomes.stream().mapToInt(outcome -> outcome.id.length()).max().orElse(0);
      outcomes.forEach(outcome -> append(text, outcome, width));
      result.getMessages().stream()
          .distinct()
          .forEach(message -> text.append(INDENT).append(message).append('\n'));
    }
  }

  private static void append(StringBuilder text, GradingResult outcome, int width) {
    String expect = outcome.expect.toString().toLowerCase(Locale.ROOT);
    String format = INDENT + "%-" + width + "s %,13d  %-10s  %s%n";
    text.append(line(format, outcome.id, outcome.count, expect, outcome.description));
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text());
  }
}
