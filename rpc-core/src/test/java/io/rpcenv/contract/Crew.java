// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs one job on several threads that begin together. */
public final class Crew {

  private Crew() {}

  /** What each thread does. */
  @FunctionalInterface
  public interface Job {
    /**
     * Works.
     *
     * @param thread from 0
     */
    void run(int thread) throws Exception;
  }

  /** Runs the job and waits for its end on all threads; fails if it fails on one. */
  public static void run(int threads, Job job) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CountDownLatch begin = new CountDownLatch(threads);
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        ends.add(
            pool.submit(
                () -> {
                  begin.countDown();
                  begin.await();
                  job.run(thread);
                  return null;
                }));
      }
      for (Future<?> end : ends) {
        Failures.reply(end);
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
