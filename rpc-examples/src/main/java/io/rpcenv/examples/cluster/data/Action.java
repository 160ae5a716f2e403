// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import io.rpcenv.examples.cluster.data.Functions.MapFunction;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Locale;

/**
 * What a task does with its values; the driver puts the results of all tasks together.
 *
 * @param <T> the values
 * @param <R> what a task brings back
 */
@SuppressWarnings("serial") // functions are serializable by their kind
public sealed interface Action<T, R> extends Serializable {

  /** Returns what to call it, for people. */
  default String name() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** Runs in the task. */
  R run(Iterator<T> values, TaskContext context) throws Exception;

  /** {@code collect}. */
  record Collect<T>() implements Action<T, ArrayList<T>> {
    @Override
    public ArrayList<T> run(Iterator<T> values, TaskContext context) {
      ArrayList<T> all = new ArrayList<>();
      values.forEachRemaining(all::add);
      return all;
    }
  }

  /** {@code count}. */
  record Count<T>() implements Action<T, Long> {
    @Override
    public Long run(Iterator<T> values, TaskContext context) {
      long count = 0;
      for (; values.hasNext(); values.next()) {
        count++;
      }
      return count;
    }
  }

  /** {@code sum}. */
  record Sum<T>(MapFunction<? super T, Long> number) implements Action<T, Long> {
    @Override
    public Long run(Iterator<T> values, TaskContext context) throws Exception {
      long sum = 0;
      while (values.hasNext()) {
        sum = Math.addExact(sum, number.apply(values.next()));
      }
      return sum;
    }
  }

  /**
   * {@code saveAsTextFile}: an attempt writes to a file of its own, which becomes the part's if
   * this attempt may commit.
   *
   * @param folder a folder that every executor can write to
   */
  record Save<T>(String folder) implements Action<T, Integer> {

    static final String ATTEMPTS = "_temporary";

    static String fileName(int partition) {
      return "part-%05d".formatted(partition);
    }

    @Override
    public Integer run(Iterator<T> values, TaskContext context) throws Exception {
      String name = fileName(context.partition());
      Path attempt = Path.of(folder, ATTEMPTS, name + "-" + context.attempt());
      try {
        write(values, attempt);
        context.checkAlive();
        if (!context.mayCommit()) {
          throw new CommitDeniedException(context);
        }
        Files.move(attempt, Path.of(folder, name), StandardCopyOption.ATOMIC_MOVE);
        return context.partition();
      } finally {
        Files.deleteIfExists(attempt);
      }
    }

    private void write(Iterator<T> values, Path attempt) throws IOException {
      try (BufferedWriter out = Files.newBufferedWriter(attempt)) {
        while (values.hasNext()) {
          out.write(String.valueOf(values.next()));
          out.write('\n');
        }
      }
    }
  }
}
