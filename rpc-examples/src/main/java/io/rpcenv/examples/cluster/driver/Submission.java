// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cluster.data.JobFailedException;
import io.rpcenv.examples.cluster.job.Job;
import io.rpcenv.examples.cluster.job.StreamWordCount;
import io.rpcenv.examples.cluster.job.UniqFormat;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What {@code bin/rpcenv submit} runs. */
sealed interface Submission {

  /** Returns what to call it. */
  String name();

  /** Returns where its classes are, if they are not the examples' own. */
  Optional<Path> jar();

  /** Runs it, and prints what comes out. Blocks until it has ended. */
  void run(Application application)
      throws CommandException, JobFailedException, InterruptedException, IOException;

  /**
   * A job of the examples' own.
   *
   * @param job the job
   * @param report prints what comes out
   */
  record Example(Job<?> job, JobReport report) implements Submission {
    @Override
    public String name() {
      return job.name();
    }

    @Override
    public Optional<Path> jar() {
      return Optional.empty();
    }

    @Override
    public void run(Application application)
        throws CommandException, JobFailedException, InterruptedException, IOException {
      report.run(job, application.context());
    }
  }

  /**
   * A program in a jar.
   *
   * @param file the jar
   * @param mainClass its {@code JobProgram}
   * @param arguments what the program gets
   * @param out where its results go
   */
  record Jar(Path file, String mainClass, List<String> arguments, PrintStream out)
      implements Submission {
    @Override
    public String name() {
      return mainClass.substring(mainClass.lastIndexOf('.') + 1);
    }

    @Override
    public Optional<Path> jar() {
      return Optional.of(file);
    }

    @Override
    public void run(Application application)
        throws CommandException, JobFailedException, InterruptedException, IOException {
      JarProgram.load(application.classes(), mainClass, file)
          .run(application.context(), arguments, out);
    }
  }

  /**
   * A stream.
   *
   * @param stream what it counts
   * @param name what to call it
   * @param top how many words of each batch to print
   * @param out where they go
   */
  record Streaming(StreamWordCount stream, String name, int top, PrintStream out)
      implements Submission {
    @Override
    public Optional<Path> jar() {
      return Optional.empty();
    }

    @Override
    public void run(Application application)
        throws JobFailedException, InterruptedException, IOException {
      stream.run(
          application.context(),
          (number, files, changed) -> {
            out.println(
                "batch %d: %d file(s), %d different words"
                    .formatted(number, files, changed.size()));
            UniqFormat.top(changed, top).forEach(out::println);
          });
    }
  }
}
