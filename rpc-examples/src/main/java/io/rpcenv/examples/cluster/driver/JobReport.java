// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.ExitCode;
import io.rpcenv.examples.cli.Options;
import io.rpcenv.examples.cluster.job.Job;
import io.rpcenv.examples.cluster.job.SumJob;
import io.rpcenv.examples.cluster.job.TaskResult;
import io.rpcenv.examples.cluster.job.UniqFormat;
import io.rpcenv.examples.cluster.job.WordCountJob;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/** Prints what came out of a job, and which worker did which part. */
final class JobReport {

  private static final int DEFAULT_TOP = 10;

  private final PrintStream out;
  private final int top;
  private final Optional<Path> output;

  private JobReport(PrintStream out, int top, Optional<Path> output) {
    this.out = out;
    this.top = top;
    this.output = output;
  }

  static JobReport of(Options options, PrintStream out) throws CommandException {
    int top = options.wholeNumber("--top", 0, Integer.MAX_VALUE, DEFAULT_TOP);
    Optional<Path> output = options.text("--output").map(Path::of);
    if (output.isPresent() && !hasFolder(output.get())) {
      throw CommandException.usage(
          "--output", output.get().toString(), "a file in a folder that exists");
    }
    return new JobReport(out, top, output);
  }

  private static boolean hasFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder != null && Files.isDirectory(folder) && !Files.isDirectory(file);
  }

  /** Prints the result of a job from its completed tasks. */
  void print(Job<?> job, List<CompletedTask> tasks) throws CommandException {
    for (CompletedTask task : tasks) {
      out.println("  " + ConsoleProgress.text(task.attempt()));
    }
    List<TaskResult> parts = tasks.stream().map(CompletedTask::result).toList();
    if (job instanceof SumJob sum) {
      out.println(sum.name() + " = " + sum.merge(parts));
    } else if (job instanceof WordCountJob wordCount) {
      print(wordCount, wordCount.merge(parts));
    }
  }

  private void print(WordCountJob job, NavigableMap<String, Long> counts) throws CommandException {
    long words = counts.values().stream().mapToLong(Long::longValue).sum();
    out.println(job.name() + " = " + words + " words, " + counts.size() + " different ones");
    UniqFormat.top(counts, top).forEach(out::println);
    if (output.isPresent()) {
      write(counts, output.get());
      out.println("All counts are in " + output.get());
    }
  }

  private static void write(NavigableMap<String, Long> counts, Path file) throws CommandException {
    try (Writer writer = Files.newBufferedWriter(file)) {
      UniqFormat.write(counts, writer);
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILED, "cannot write " + file + ": " + e.getMessage());
    }
  }
}
