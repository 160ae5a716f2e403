// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.stress;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Main;
import org.openjdk.jcstress.Options;

/**
 * Runs jcstress and reports what was seen. Exits with 1 if a forbidden outcome was, and if a test
 * did not run: jcstress by itself passes over one that it cannot schedule or load.
 *
 * <p>{@code --out FILE} is where the report goes beside the console, empty for nowhere; all other
 * arguments are jcstress's own.
 */
public final class Stress {

  private Stress() {}

  /** Runs the tests; {@code -h} for jcstress's options. */
  public static void main(String[] arguments) throws Exception {
    List<String> own = new ArrayList<>(Arrays.asList(arguments));
    String out = takeOut(own);
    if (!own.contains("-m")) {
      own.addAll(List.of("-m", "quick"));
      setIfMissing(own, "-iters", "2");
      setIfMissing(own, "-sc", "false");
      setIfMissing(own, "-pth", "false");
      setIfMissing(own, "-strideCount", "10"); // it tries up to that many before each test
    }
    setIfMissing(own, "-r", "report");
    String[] forJcstress = own.toArray(new String[0]);
    Options options = new Options(forJcstress);
    if (!options.parse()) {
      System.exit(2);
    } else if (options.shouldList() || options.shouldParse()) {
      Main.main(forJcstress);
    } else {
      System.exit(run(options, String.join(" ", own), out) ? 0 : 1);
    }
  }

  /** Takes out where the report goes: the last one given. */
  private static String takeOut(List<String> arguments) {
    String out = "";
    for (int i = arguments.indexOf("--out"); i >= 0; i = arguments.indexOf("--out")) {
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException("--out: nothing (expected: a file)");
      }
      arguments.remove(i);
      out = arguments.remove(i);
    }
    return out;
  }

  private static void setIfMissing(List<String> options, String name, String value) {
    if (!options.contains(name)) {
      options.addAll(List.of(name, value));
    }
  }

  private static boolean run(Options options, String given, String out) throws Exception {
    JCStress jcstress = new JCStress(options);
    Watchdog.start(options);
    boolean passed = false;
    try {
      jcstress.run();
      passed = true;
    } catch (AssertionError e) {
      System.out.println(e.getMessage()); // the tests that failed; the report has them, too
    }
    Report report = Report.of(jcstress.getTests(), Path.of(options.getResultFile()), given);
    System.out.print(report.text());
    if (!out.isEmpty()) {
      write(report, Path.of(System.getProperty("bench.from", "")).resolve(out));
    }
    return passed && report.isPassed();
  }

  private static void write(Report report, Path file) throws IOException {
    report.write(file);
    System.out.println("Written to " + file);
  }
}
