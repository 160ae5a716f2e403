// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.ExitCode;
import io.rpcenv.examples.cli.Options;
import io.rpcenv.examples.cluster.data.JobContext;
import io.rpcenv.examples.cluster.data.JobFailedException;
import io.rpcenv.examples.cluster.job.IndexJob;
import io.rpcenv.examples.cluster.job.Job;
import io.rpcenv.examples.cluster.job.PiJob;
import io.rpcenv.examples.cluster.job.SumJob;
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
import java.util.Set;

/** Prints what came out of a job. */
final class JobReport {

  static final int DEFAULT_TOP = 10;

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

  /** Runs a job and prints its result. */
  void run(Job<?> job, JobContext context)
      throws CommandException, JobFailedException, InterruptedException, IOException {
    if (job instanceof SumJob sum) {
      out.println(sum.name() + " = " + sum.run(context));
    } else if (job instanceof WordCountJob wordCount) {
      print(wordCount, wordCount.run(context));
    } else if (job instanceof IndexJob index) {
      print(index, index.run(context));
    } else if (job instanceof PiJob pi) {
      out.println(pi.name() + " = " + pi.run(context));
    }
  }

  private void print(IndexJob job, NavigableMap<String, ? extends Set<String>> index)
      throws CommandException {
    out.println(job.name() + " = " + index.size() + " different words");
    List<String> lines = IndexJob.lines(index);
    lines.stream().limit(top).forEach(out::println);
    if (output.isPresent()) {
      write(output.get(), writer -> writer.write(String.join("\n", lines) + "\n"));
      out.println("The index is in " + output.get());
    }
  }

  private void print(WordCountJob job, NavigableMap<String, Long> counts) throws CommandException {
    long words = counts.values().stream().mapToLong(Long::longValue).sum();
    out.println(job.name() + " = " + words + " words, " + counts.size() + " different ones");
    UniqFormat.top(counts, top).forEach(out::println);
    if (output.isPresent()) {
      write(output.get(), writer -> UniqFormat.write(counts, writer));
      out.println("All counts are in " + output.get());
    }
  }

  /** Writes a file. */
  private interface Content {
    void write(Writer writer) throws IOException;
  }

  private static void write(Path file, Content content) throws CommandException {
    try (Writer writer = Files.newBufferedWriter(file)) {
      content.write(writer);
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILED, "cannot write " + file + ": " + e.getMessage());
    }
  }
}
