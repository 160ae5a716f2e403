// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Small asks at 500 a second, whether or not the ones before have been answered, while asks of 64
 * MiB follow one another to another endpoint over the same connection. What counts is the time from
 * the moment at which a small ask was meant to be issued.
 */
final class Mixed {

  private static final int LARGE_BYTES = 64 << 20;
  private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(2);
  private static final int LEAST_MILLIS = 10_000; // some dozens of large asks
  private static final int UNANSWERED = 100_000;

  private final BenchSystem system;
  private final Histogram nanos = new ConcurrentHistogram(3);

  private Mixed(BenchSystem system) {
    this.system = system;
  }

  /** Runs for that long, but at least for {@value #LEAST_MILLIS} ms if it counts. */
  static Map<String, Double> run(BenchSystem system, long millis) throws Exception {
    return new Mixed(system).run(millis < 1000 ? millis : Math.max(millis, LEAST_MILLIS));
  }

  private Map<String, Double> run(long millis) throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Callable<Map<String, Double>> work =
          () -> new Large(system, LARGE_BYTES, 1).run(() -> !stop.get());
      Future<Map<String, Double>> large = thread.submit(work);
      try {
        small(System.nanoTime(), millis);
      } finally {
        stop.set(true);
      }
      Map<String, Double> result = new LinkedHashMap<>(Latency.percentiles(nanos));
      result.put("largeGibPerSecond", large.get(60, TimeUnit.SECONDS).get("gibPerSecond"));
      result.put("largeCount", large.get().get("count"));
      return result;
    } finally {
      thread.shutdown();
    }
  }

  private void small(long start, long millis) throws Exception {
    Window window = new Window(UNANSWERED, 50);
    long count = millis * 1_000_000 / PERIOD;
    for (long id = 0; id < count; id++) {
      long intended = start + id * PERIOD;
      for (long wait = intended - System.nanoTime(); wait > 0; ) {
        LockSupport.parkNanos(wait);
        wait = intended - System.nanoTime();
      }
      window.acquire();
      SmallAsk check = new SmallAsk(window, id);
      system.ask(
          Sample.of(id),
          (reply, failure) -> {
            nanos.recordValue(System.nanoTime() - intended);
            check.accept(reply, failure);
          });
    }
    window.drain();
  }
}
