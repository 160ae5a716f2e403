// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The main program of each system's JVM: does what it is told on standard input, one line at a time
 * ({@code work threads warm-up-millis millis}), and ends with its input.
 */
public final class Child {

  /** What begins a line that is meant for the one who asked. */
  public static final String MARK = "@bench ";

  private Child() {}

  /** Runs the system until the input ends. Never returns. */
  public static void main(BenchSystem.Factory factory) {
    PrintStream out = System.out;
    System.setOut(System.err);
    int status = 1;
    try {
      Sink sink = new Sink();
      BenchSystem system = factory.start(sink);
      out.println(
          MARK
              + "ready "
              + system.works().stream().map(Work::key).collect(Collectors.joining(",")));
      serve(new Runner(system, sink), out);
      system.close();
      status = 0;
    } catch (Throwable failure) {
      failure.printStackTrace();
      out.println(MARK + "failed " + failure);
    }
    Runtime.getRuntime().halt(status);
  }

  private static void serve(Runner runner, PrintStream out) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.trim().split(" ");
      Work work = Work.of(words[0]);
      int threads = Integer.parseInt(words[1]);
      long warmUp = Long.parseLong(words[2]);
      if (warmUp > 0) {
        runner.warmUp(work, threads, warmUp);
      }
      out.println(MARK + "result " + text(runner.run(work, threads, Long.parseLong(words[3]))));
    }
  }

  private static String text(Map<String, Double> result) {
    return result.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(" "));
  }
}
