// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/** Where a job begins: makes data sets of what is not one yet. Stays in the driver. Any thread. */
public final class JobContext {

  private final StageRunner runner;

  /**
   * Makes a context.
   *
   * @param runner runs what the data sets' actions ask for
   */
  public JobContext(StageRunner runner) {
    this.runner = runner;
  }

  /**
   * Deals a list out.
   *
   * @param values serializable; copied
   * @param partitions in how many parts, from 1; some are empty if the values are fewer
   */
  public <T> Dataset<T> parallelize(List<T> values, int partitions) {
    return new Dataset<>(runner, new ParallelPlan<>(values, partitions));
  }

  /** Deals the whole numbers from {@code first} to {@code last} out, both included. */
  public Dataset<Long> range(int first, int last, int partitions) {
    return parallelize(LongStream.rangeClosed(first, last).boxed().toList(), partitions);
  }

  /**
   * Reads a file's lines.
   *
   * @param file in UTF-8; every executor reads it at this path, and it must not change
   * @param partitions in how many parts, from 1; some are empty if the lines are fewer
   * @throws IOException if it cannot be read here
   */
  public Dataset<String> textFile(Path file, int partitions) throws IOException {
    return textFiles(List.of(file), partitions);
  }

  /**
   * Reads the lines of several files.
   *
   * @param files in UTF-8; every executor reads them at these paths, and they must not change
   * @param partitionsEach in how many parts each, from 1
   * @throws IOException if one cannot be read here
   */
  public Dataset<String> textFiles(List<Path> files, int partitionsEach) throws IOException {
    return new Dataset<>(runner, new TextPlan(files, partitionsEach));
  }

  /**
   * Lets go of all that was written for shuffles; a data set that reads it later writes it again.
   */
  public void forgetShuffles() {
    runner.forgetShuffles();
  }

  /** Says that a stream is over: nobody goes on with its state. */
  public void endStateStore(int store) {
    runner.endState(store);
  }

  /** Returns a number for a stream's state that nobody else has. */
  public int newStateStore() {
    return runner.nextId();
  }
}
