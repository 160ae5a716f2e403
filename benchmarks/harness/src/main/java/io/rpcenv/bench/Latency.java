// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** One small ask after the other, from one thread that waits for each. */
final class Latency {

  private Latency() {}

  static Map<String, Double> run(BenchSystem system, long millis) throws Exception {
    Histogram nanos = new Histogram(3);
    Window window = new Window(1, 100);
    long end = System.nanoTime() + millis * 1_000_000;
    long now = System.nanoTime();
    for (long id = 0; now < end; id++) {
      long start = now;
      window.acquire();
      system.ask(Sample.of(id), new SmallAsk(window, id));
      window.drain();
      now = System.nanoTime();
      nanos.recordValue(now - start);
    }
    return percentiles(nanos);
  }

  /** Returns the usual percentiles, in microseconds. */
  static Map<String, Double> percentiles(Histogram nanos) {
    Map<String, Double> result = new LinkedHashMap<>();
    result.put("count", (double) nanos.getTotalCount());
    result.put("p50", nanos.getValueAtPercentile(50) / 1e3);
    result.put("p90", nanos.getValueAtPercentile(90) / 1e3);
    result.put("p99", nanos.getValueAtPercentile(99) / 1e3);
    result.put("p999", nanos.getValueAtPercentile(99.9) / 1e3);
    result.put("max", nanos.getMaxValue() / 1e3);
    return result;
  }
}
