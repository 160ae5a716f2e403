// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.scale;

import io.rpcenv.bench.netty.BareAsker;
import io.rpcenv.bench.netty.ManyConnections;
import java.util.concurrent.atomic.AtomicInteger;

/** Very many connections to one server, which has a JVM of its own. */
final class ConnectionsPart {

  private static final int IN_FLIGHT = 2;
  private static final int WARM_UP = 4;

  private ConnectionsPart() {}

  static void run(Outcome outcome, int count, long millis, int rounds) throws Exception {
    BenchCodec codec = new BenchCodec();
    AtomicInteger number = new AtomicInteger();
    outcome.add("connections", count);
    try (ServerProcess netty = new ServerProcess("netty");
        ServerProcess env = new ServerProcess("rpcenv")) {
      long nettyBefore = netty.heapUsed();
      long envBefore = env.heapUsed();
      try (ManyConnections bare = new ManyConnections(netty.port(), count, BareAsker::new);
          ManyConnections ours =
              new ManyConnections(
                  env.port(), count, () -> new EnvAsker(codec, number.incrementAndGet()))) {
        outcome.add("connections: idle bytes each", (env.heapUsed() - envBefore) / (double) count);
        outcome.add(
            "connections: idle bytes each, bare Netty",
            (netty.heapUsed() - nettyBefore) / (double) count);
        bare.run(IN_FLIGHT, WARM_UP * millis);
        ours.run(IN_FLIGHT, WARM_UP * millis);
        for (int round = 0; round < rounds; round++) {
          outcome.add("connections: asks per second, bare Netty", bare.run(IN_FLIGHT, millis));
          outcome.add("connections: asks per second", ours.run(IN_FLIGHT, millis));
        }
        outcome.add("connections: used bytes each", (env.heapUsed() - envBefore) / (double) count);
      }
    }
  }
}
