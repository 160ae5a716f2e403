// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** As many small messages as go through, with a bound on how many are on their way. */
public final class Throughput {

  /** Issues one message; its end gives a place of the window back. */
  @FunctionalInterface
  public interface Issuer {
    /** Issues the message of this number. */
    void issue(Window window, long id);
  }

  private static final int BETWEEN_LOOKS_AT_THE_CLOCK = 64;

  private Throughput() {}

  /**
   * Runs for that long, from one thread or several, and returns what was measured.
   *
   * @param inFlight how many may be on their way, in all
   * @param refill see {@link Window}
   */
  public static Map<String, Double> run(
      Issuer issuer, int inFlight, int refill, int threads, long millis) throws Exception {
    long end = System.nanoTime() + millis * 1_000_000;
    return measure(
        refill,
        () ->
            threads == 1
                ? drive(issuer, new Window(inFlight, refill), end)
                : driveAll(issuer, inFlight / threads, refill, threads, end));
  }

  /** Measures work that returns how many messages it was. */
  static Map<String, Double> measure(int refill, Callable<Long> work) throws Exception {
    Allocation before = Allocation.now();
    long start = System.nanoTime();
    long count = work.call();
    long nanos = System.nanoTime() - start;
    Allocation after = Allocation.now();
    Map<String, Double> result = new LinkedHashMap<>();
    result.put("count", (double) count);
    result.put("perSecond", count * 1e9 / nanos);
    if (after.endedSince(before) == 0) { // what they allocated nobody knows any more
      result.put("bytesEach", (double) after.bytesSince(before) / count);
    }
    result.put("cpuNanosEach", (double) after.cpuNanosSince(before) / count);
    result.put("refill", (double) refill);
    return result;
  }

  private static long driveAll(Issuer issuer, int inFlight, int refill, int threads, long end)
      throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Long>> drives = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        drives.add(() -> drive(issuer, new Window(inFlight, refill), end));
      }
      long count = 0;
      for (Future<Long> drive : pool.invokeAll(drives)) {
        count += drive.get();
      }
      return count;
    } finally {
      pool.shutdown();
    }
  }

  /** Issues through this window until then, some at least, and waits for the rest. */
  public static long drive(Issuer issuer, Window window, long end) throws Exception {
    long id = 0;
    do {
      for (int i = 0; i < BETWEEN_LOOKS_AT_THE_CLOCK; i++) {
        window.acquire();
        issuer.issue(window, id++);
      }
    } while (System.nanoTime() < end);
    return window.drain();
  }
}
