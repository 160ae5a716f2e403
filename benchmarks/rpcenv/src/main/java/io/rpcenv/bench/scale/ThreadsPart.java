// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.scale;

import io.rpcenv.EndpointExecutor;
import io.rpcenv.bench.BenchSystem;
import io.rpcenv.bench.Sample;
import io.rpcenv.bench.Throughput;
import io.rpcenv.bench.Window;
import io.rpcenv.bench.netty.NettySystem;
import io.rpcenv.bench.rpcenv.RpcEnvSystem;
import java.util.List;

/** More and more threads that ask, with as many asks in flight in all; bare Netty beside it. */
final class ThreadsPart {

  static final List<Integer> THREADS = List.of(1, 2, 4, 8, 16, 32, 64);
  private static final int IN_FLIGHT = 1024;
  private static final int REFILL = 50;

  private ThreadsPart() {}

  static String name(int threads) {
    return "asks per second, " + threads + " threads";
  }

  static String bareName(int threads) {
    return name(threads) + ", bare Netty";
  }

  static void run(Outcome outcome, long millis, int rounds) throws Exception {
    try (BenchSystem ours = new RpcEnvSystem(EndpointExecutor.SHARED, unused -> {});
        BenchSystem bare = NettySystem.polling(unused -> {})) {
      rate(bare, 1, 3 * millis);
      rate(ours, 1, 3 * millis);
      for (int round = 0; round < rounds; round++) {
        for (int threads : THREADS) {
          outcome.add(bareName(threads), rate(bare, threads, millis));
          outcome.add(name(threads), rate(ours, threads, millis));
        }
      }
    }
  }

  private static double rate(BenchSystem system, int threads, long millis) throws Exception {
    Throughput.Issuer issuer =
        (Window window, long id) -> system.ask(Sample.of(id), window.expecting(id));
    return Throughput.run(issuer, IN_FLIGHT, REFILL, threads, millis).get("perSecond");
  }
}
