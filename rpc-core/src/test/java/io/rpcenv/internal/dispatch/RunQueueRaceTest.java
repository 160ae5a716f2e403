// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcConf;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many who take and some who add, with pauses about as long as one polls: no task is left. */
@Timeout(40)
class RunQueueRaceTest {

  private static final long LONG = TimeUnit.HOURS.toNanos(1);
  private static final int TAKERS = 3;
  private static final int ADDERS = 2;
  private static final int TASKS = 5_000;

  private final RunQueue queue = new RunQueue(RpcConf.defaults());
  private final AtomicInteger run = new AtomicInteger();

  private record Last() implements Runnable {
    @Override
    public void run() {}
  }

  /** Adds one after the other; each is run before this thread adds more than a few. */
  private Void add(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < TASKS; i++) {
      AtomicInteger left = new AtomicInteger(1 + random.nextInt(TAKERS));
      for (int n = left.get(); n > 0; n--) {
        queue.add(
            () -> {
              run.incrementAndGet();
              left.decrementAndGet();
            });
      }
      while (left.get() > 0) {
        LockSupport.parkNanos(1_000); // for one that nobody takes until the test's time is up
      }
      if (random.nextInt(8) == 0) {
        LockSupport.parkNanos(random.nextInt(100_000));
      }
    }
    return null;
  }

  private Integer take() throws InterruptedException {
    int taken = 0;
    for (Runnable task = queue.take(LONG); !(task instanceof Last); task = queue.take(LONG)) {
      if (task != null) { // otherwise woken in vain
        task.run();
        taken++;
      }
    }
    return taken;
  }

  @Test
  void everyTaskIsTaken() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(TAKERS + ADDERS);
    try {
      List<Future<Integer>> takers = new ArrayList<>();
      for (int i = 0; i < TAKERS; i++) {
        takers.add(threads.submit((Callable<Integer>) this::take));
      }
      List<Callable<Void>> adders = new ArrayList<>();
      for (int i = 0; i < ADDERS; i++) {
        long seed = i;
        adders.add(() -> add(seed));
      }
      for (Future<Void> adder : threads.invokeAll(adders)) {
        adder.get();
      }
      takers.forEach(taker -> queue.add(new Last()));
      int taken = 0;
      for (Future<Integer> taker : takers) {
        taken += taker.get();
      }
      assertThat(taken).isEqualTo(run.get()).isGreaterThan(ADDERS * TASKS);
    } finally {
      threads.shutdownNow();
    }
  }
}
