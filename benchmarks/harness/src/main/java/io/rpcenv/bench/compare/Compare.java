// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.compare;

import io.rpcenv.bench.FileRead;
import io.rpcenv.bench.Work;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Has the same work done by every system, one after the other. Each has a JVM of its own, which
 * lives from the first round to the last, so that warming up is paid once, and idles while another
 * is measured; the rounds are interleaved, so that a machine that drifts favours none. Each further
 * run starts them anew.
 */
public final class Compare {

  private final Options options;
  private final List<SystemProcess> processes = new CopyOnWriteArrayList<>();
  private final List<Map<String, Object>> measurements = new ArrayList<>();
  private volatile ServedFile file;

  private Compare(Options options) {
    this.options = options;
  }

  /** Runs the comparison; see {@code benchmarks/run help}. */
  public static void main(String[] arguments) {
    Compare compare = new Compare(parse(arguments));
    int status = 0;
    Runtime.getRuntime().addShutdownHook(new Thread(compare::stop));
    try {
      compare.run();
    } catch (BenchmarkFailure failure) {
      System.err.println("FAILED: " + failure.getMessage());
      status = 1;
    } catch (Exception failure) {
      failure.printStackTrace();
      status = 1;
    }
    System.exit(status);
  }

  private static Options parse(String[] arguments) {
    try {
      return Options.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("error: " + e.getMessage());
      System.exit(2);
      throw e;
    }
  }

  private void stop() {
    processes.forEach(SystemProcess::close);
    if (file != null) {
      file.close();
    }
  }

  private void run() throws Exception {
    String loadBefore = Machine.load();
    if (options.works().contains(Work.FILE)) {
      file = ServedFile.reserve(options.fileBytes()); // deleted also if it is not written whole
      file.write();
    }
    List<Results> all = new ArrayList<>();
    for (int run = 1; run <= options.runs(); run++) {
      all.add(run(run));
    }
    Runs runs = new Runs(all);
    Report report = new Report(runs, measurements, options);
    report.environment("loadBefore", loadBefore);
    System.out.println(report.markdown());
    if (options.smoke()) {
      SmokeGate.check(runs);
    }
    if (!options.out().isEmpty()) {
      report.write(Path.of(options.out()));
    }
  }

  private Results run(int run) throws Exception {
    Path root = Options.root();
    List<String> flags = flags();
    for (SystemSpec system : options.systems()) {
      SystemProcess process = new SystemProcess(system, root, flags);
      processes.add(process);
      process.awaitReady();
    }
    Results results = new Results();
    for (int round = 0; round <= options.rounds(); round++) {
      round(results, run, round);
    }
    processes.forEach(SystemProcess::close);
    processes.clear();
    return results;
  }

  private List<String> flags() {
    List<String> flags = new ArrayList<>(options.flags());
    if (file != null) {
      flags.add("-D" + FileRead.FILE + "=" + file.path());
    }
    return flags;
  }

  /** Round 0 is for warming up, and counts for nothing. */
  private void round(Results results, int run, int round) throws Exception {
    for (Work work : options.works()) {
      for (SystemProcess process : processes) {
        if (process.works().contains(work)) {
          measure(results, process, work, run, round);
        }
      }
    }
  }

  private void measure(Results results, SystemProcess process, Work work, int run, int round)
      throws Exception {
    boolean warmUp = round == 0;
    long start = System.nanoTime();
    long busy = Machine.busyNanos();
    long cpu = process.cpuNanos();
    Map<String, Double> result =
        warmUp
            ? process.run(work, options.threads(), options.warmUpMillis(), options.millis() / 3)
            : process.run(work, options.threads(), options.millis() / 3, options.millis());
    double nanos = System.nanoTime() - start;
    double others = (Machine.busyNanos() - busy - (process.cpuNanos() - cpu)) / nanos;
    tell(run, round, work, process.spec(), result, others);
    if (warmUp) {
      return;
    }
    for (Row row : Row.values()) {
      if (row.work() == work && result.containsKey(row.metric())) {
        results.add(row, process.spec(), result.get(row.metric()));
      }
    }
    keep(run, round, work, process.spec(), result, others);
  }

  private void keep(
      int run, int round, Work work, SystemSpec system, Map<String, Double> result, double others) {
    Map<String, Object> measurement = new LinkedHashMap<>();
    measurement.put("run", run);
    measurement.put("round", round);
    measurement.put("work", work.key());
    measurement.put("system", system.key());
    measurement.put("coresUsedByOthers", others);
    measurement.putAll(result);
    measurements.add(measurement);
  }

  private static void tell(
      int run, int round, Work work, SystemSpec system, Map<String, Double> result, double others) {
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(Locale.ROOT, "run %d round %d %-10s %-14s", run, round, work.key(), system));
    for (Row row : Row.values()) {
      if (row.work() == work && result.containsKey(row.metric())) {
        line.append(' ').append(row.metric()).append(' ');
        line.append(row.unit().format(result.get(row.metric()))).append(';');
      }
    }
    line.append(String.format(Locale.ROOT, " others %.2f cores", others));
    System.err.println(line);
  }
}
