// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.job;

import io.rpcenv.examples.cluster.data.Dataset;
import io.rpcenv.examples.cluster.data.JobContext;
import io.rpcenv.examples.cluster.data.JobFailedException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Jobs whose functions executors let in: they are in the examples' package of jobs. */
public final class TestJobs {

  private TestJobs() {}

  /** Brings back one array for each task. */
  public static List<byte[]> arrays(JobContext context, int tasks, int bytes)
      throws JobFailedException, InterruptedException {
    return context.range(1, tasks, tasks).map(n -> new byte[bytes]).collect();
  }

  /** Keeps squares on the executors; appends to a file for each that is computed. */
  public static Dataset.Cached<Long> keptSquares(JobContext context, Path computed) {
    String file = computed.toString();
    return context.range(1, 10, 2).map(n -> squared(n, file)).cache();
  }

  private static long squared(long n, String file) throws Exception {
    Files.createFile(Path.of(file + "-" + n)); // fails if it is there
    return n * n;
  }

  /** Adds up four numbers; the first attempt at the last one never ends. */
  public static long stuckAtFirst(JobContext context, Path flag)
      throws JobFailedException, InterruptedException {
    String file = flag.toString();
    return context.range(0, 3, 4).sum(n -> n == 3 ? stuckOnce(n, file) : n);
  }

  /**
   * Writes eight parts, each with its number. The first attempt at number 6 writes something else,
   * and does not even end when it is killed because another one was done before; number 7 is only
   * done when that attempt is.
   */
  public static void saveWithStraggler(JobContext context, Path flag, Path out)
      throws JobFailedException, InterruptedException, IOException {
    String file = flag.toString();
    String straggler = out.toAbsolutePath().resolve("_temporary/part-00006-0").toString();
    context
        .range(0, 7, 8)
        .map(n -> n == 6 ? notEvenKilled(n, file) : n == 7 ? lastOfAll(n, file, straggler) : n)
        .saveAsTextFile(out);
  }

  private static long notEvenKilled(long n, String flag) throws Exception {
    try {
      return stuckOnce(n, flag);
    } catch (InterruptedException e) {
      return -n; // goes on, which no task should
    }
  }

  private static long lastOfAll(long n, String flag, String straggler) throws Exception {
    var unused = waited(flag);
    while (Files.exists(Path.of(straggler))) {
      checkAlive();
    }
    return n;
  }

  private static long stuckOnce(long n, String flag) throws Exception {
    try {
      Files.createFile(Path.of(flag));
    } catch (FileAlreadyExistsException e) {
      return n; // a later attempt
    }
    new CountDownLatch(1).await();
    return n;
  }

  /** Computes until a file is there. */
  public static String waitFor(JobContext context, Path flag)
      throws JobFailedException, InterruptedException {
    return context.parallelize(List.of(flag.toString()), 1).map(TestJobs::waited).collect().get(0);
  }

  private static String waited(String flag) throws InterruptedException {
    while (!Files.exists(Path.of(flag))) {
      checkAlive();
    }
    return "it was there";
  }

  private static void checkAlive() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the task was killed");
    }
  }
}
