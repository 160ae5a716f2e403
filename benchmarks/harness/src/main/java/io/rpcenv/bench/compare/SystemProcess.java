// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.compare;

import io.rpcenv.bench.Child;
import io.rpcenv.bench.Work;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The JVM of one system, which does one work after the other and idles in between. */
final class SystemProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final String ENDED = "ended";

  private final SystemSpec spec;
  private final Process process;
  private final Writer commands;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final Set<Work> works = EnumSet.noneOf(Work.class);

  /** Starts the JVM; {@code root} is the folder of the benchmarks project. */
  SystemProcess(SystemSpec spec, Path root, List<String> flags) throws IOException {
    this.spec = spec;
    ProcessBuilder builder = new ProcessBuilder(command(spec, root, flags));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    process = builder.start();
    commands = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "read-" + spec.key());
    reader.setDaemon(true);
    reader.start();
  }

  private static List<String> command(SystemSpec spec, Path root, List<String> flags) {
    Path target = root.resolve(spec.module()).resolve("target");
    String classPath =
        target.resolve("classes") + File.pathSeparator + target.resolve("lib") + "/*";
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(spec.flags());
    command.addAll(List.of("-cp", classPath, spec.main()));
    command.addAll(spec.arguments());
    return command;
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(Child.MARK)) {
          answers.add(line.substring(Child.MARK.length()));
        } else {
          System.err.println(spec.key() + ": " + line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      answers.add(ENDED);
    }
  }

  SystemSpec spec() {
    return spec;
  }

  Set<Work> works() {
    return works;
  }

  /** Waits until the system is up. */
  void awaitReady() throws Exception {
    String[] words = answer("ready").split(",");
    Arrays.stream(words).map(Work::of).forEach(works::add);
  }

  /** Does this work and returns what was measured. */
  Map<String, Double> run(Work work, int threads, long warmUpMillis, long millis) throws Exception {
    commands.write(
        String.join(" ", work.key(), "" + threads, "" + warmUpMillis, "" + millis) + "\n");
    commands.flush();
    Map<String, Double> result = new LinkedHashMap<>();
    for (String entry : answer("result").split(" ")) {
      int at = entry.indexOf('=');
      result.put(entry.substring(0, at), Double.valueOf(entry.substring(at + 1)));
    }
    return result;
  }

  private String answer(String kind) throws Exception {
    String answer = answers.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (answer == null) {
      throw new BenchmarkFailure(spec.key() + ": no answer within " + PATIENCE);
    }
    if (!answer.startsWith(kind + " ")) {
      throw new BenchmarkFailure(spec.key() + ": " + answer);
    }
    return answer.substring(kind.length() + 1);
  }

  /** Returns the processor time that this JVM has used. */
  long cpuNanos() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
