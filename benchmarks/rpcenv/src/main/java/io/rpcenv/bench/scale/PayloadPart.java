// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.scale;

import io.rpcenv.EndpointExecutor;
import io.rpcenv.bench.BenchSystem;
import io.rpcenv.bench.Large;
import io.rpcenv.bench.netty.NettySystem;
import io.rpcenv.bench.rpcenv.RpcEnvSystem;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks of 16 bytes to 64 MiB, beside bare Netty's. */
final class PayloadPart {

  static final int LEAST = 16;
  static final int MOST = 64 << 20;
  private static final int IN_FLIGHT_BYTES = 4 << 20;
  private static final int IN_FLIGHT = 64;

  private PayloadPart() {}

  static String name(String system, int bytes) {
    return "GiB/s, " + system + ", asks of " + bytes;
  }

  static void run(Outcome outcome, long millis, int rounds) throws Exception {
    Map<String, BenchSystem> systems = new LinkedHashMap<>();
    systems.put("bare Netty", NettySystem.polling(unused -> {}));
    systems.put("Netty by hand", NettySystem.byHand(unused -> {}));
    systems.put("RpcEnv", new RpcEnvSystem(EndpointExecutor.SHARED, unused -> {}));
    try {
      for (int round = 0; round <= rounds; round++) {
        for (int bytes = LEAST; bytes <= MOST; bytes *= 4) {
          for (Map.Entry<String, BenchSystem> system : systems.entrySet()) {
            double rate = rate(system.getValue(), bytes, millis);
            if (round > 0) {
              outcome.add(name(system.getKey(), bytes), rate);
            }
          }
        }
      }
    } finally {
      systems.values().forEach(BenchSystem::close);
    }
  }

  private static double rate(BenchSystem system, int bytes, long millis) throws Exception {
    int inFlight = Math.max(1, Math.min(IN_FLIGHT, IN_FLIGHT_BYTES / bytes));
    long end = System.nanoTime() + millis * 1_000_000;
    return new Large(system, bytes, inFlight)
        .run(() -> System.nanoTime() < end)
        .get("gibPerSecond");
  }
}
