// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cluster.data.JobContext;
import io.rpcenv.examples.cluster.data.JobFailedException;
import io.rpcenv.examples.cluster.data.JobFailedException.Reason;
import io.rpcenv.examples.cluster.data.JobProgram;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** A program out of a jar, whose failures become the job's. */
final class JarProgram {

  private final JobProgram program;

  private JarProgram(JobProgram program) {
    this.program = program;
  }

  /**
   * Loads a program.
   *
   * @param classes the jar's
   * @throws CommandException if there is no such class, or it is no program
   */
  static JarProgram load(ClassLoader classes, String mainClass, Path file)
      throws CommandException, JobFailedException {
    try {
      Class<?> type = Class.forName(mainClass, true, classes);
      return new JarProgram(type.asSubclass(JobProgram.class).getConstructor().newInstance());
    } catch (LinkageError e) {
      throw failed(e);
    } catch (ClassNotFoundException e) {
      throw CommandException.usage("--class", mainClass, "a class in " + file);
    } catch (ClassCastException | ReflectiveOperationException e) {
      if (e instanceof InvocationTargetException thrown) {
        throw failed(Objects.requireNonNullElse(thrown.getCause(), thrown));
      }
      throw CommandException.usage(
          "--class", mainClass, "a public JobProgram with a public constructor without parameters");
    }
  }

  void run(JobContext context, List<String> arguments, PrintStream out)
      throws CommandException, JobFailedException, InterruptedException, IOException {
    try {
      program.run(context, arguments, out);
    } catch (JobFailedException | InterruptedException | IOException e) {
      throw e;
    } catch (Exception | LinkageError | StackOverflowError e) {
      throw failed(e);
    }
  }

  private static JobFailedException failed(Throwable thrown) {
    JobFailedException failed =
        new JobFailedException(Reason.TASK_FAILED, "the program failed: " + thrown);
    failed.initCause(thrown);
    return failed;
  }
}
