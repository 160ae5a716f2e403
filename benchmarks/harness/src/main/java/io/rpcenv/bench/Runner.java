// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** Does one work on one system. */
final class Runner {

  private static final int ONE_WAY_IN_FLIGHT = 8192;
  private static final int MIB = 1 << 20;

  private final BenchSystem system;
  private final Sink sink;

  Runner(BenchSystem system, Sink sink) {
    this.system = system;
    this.sink = sink;
  }

  /** Does the work for that long, and returns what was measured. */
  Map<String, Double> run(Work work, int threads, long millis) throws Exception {
    return switch (work) {
      case ASK_64 -> Throughput.run(this::ask, 64, threads, millis);
      case ASK_1024 -> Throughput.run(this::ask, 1024, threads, millis);
      case LOCAL_ASK -> Throughput.run(this::localAsk, 64, threads, millis);
      case SEND -> send((window, id) -> system.send(Sample.of(id)), millis);
      case LOCAL_SEND -> send((window, id) -> system.localSend(Sample.of(id)), millis);
      case LATENCY -> Latency.run(system, millis);
      case LARGE -> large(millis);
      case MIXED -> Mixed.run(system, millis);
    };
  }

  private void ask(Window window, long id) {
    system.ask(Sample.of(id), window.expecting(id));
  }

  private void localAsk(Window window, long id) {
    system.localAsk(Sample.of(id), window.expecting(id));
  }

  /** One thread, so that the receiver can check the order. */
  private Map<String, Double> send(Throughput.Issuer issuer, long millis) throws Exception {
    Window window = new Window(ONE_WAY_IN_FLIGHT);
    sink.begin(window);
    Allocation before = Allocation.now();
    long start = System.nanoTime();
    long count = Throughput.drive(issuer, window, start + millis * 1_000_000);
    long nanos = System.nanoTime() - start;
    Allocation after = Allocation.now();
    Map<String, Double> result = new LinkedHashMap<>();
    result.put("count", (double) count);
    result.put("perSecond", count * 1e9 / nanos);
    result.put("bytesEach", (double) after.bytesSince(before) / count);
    result.put("cpuNanosEach", (double) after.cpuNanosSince(before) / count);
    return result;
  }

  private Map<String, Double> large(long millis) throws Exception {
    long end = System.nanoTime() + millis * 1_000_000;
    return new Large(system, MIB, 4).run(() -> System.nanoTime() < end);
  }
}
