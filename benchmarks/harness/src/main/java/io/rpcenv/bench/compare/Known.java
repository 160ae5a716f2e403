// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.compare;

import static io.rpcenv.bench.compare.SystemSpec.GRPC;
import static io.rpcenv.bench.compare.SystemSpec.NETTY;
import static io.rpcenv.bench.compare.SystemSpec.PEKKO;
import static io.rpcenv.bench.compare.SystemSpec.SPARK;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What bare Netty and the peers reached on the machine, with two cores, for which the goals were
 * set. Who does much worse here than there is not shown at its best; if all do, the machine is
 * slower.
 */
final class Known {

  /** The systems of which something is known. */
  static final List<SystemSpec> SYSTEMS = List.of(NETTY, SPARK, PEKKO, GRPC);

  private static final Map<Row, Map<SystemSpec, Double>> FIGURES = new EnumMap<>(Row.class);

  static {
    put(Row.ASK_64, Map.of(NETTY, 1.13e6, SPARK, 60e3, PEKKO, 70e3, GRPC, 84e3));
    put(Row.ASK_1024, Map.of(NETTY, 2.0e6, SPARK, 73e3, PEKKO, 97e3, GRPC, 90e3));
    put(Row.SEND, Map.of(NETTY, 3.4e6, SPARK, 0.15e6, PEKKO, 0.25e6));
    put(Row.P50, Map.of(NETTY, 29.0, SPARK, 71.0, PEKKO, 130.0, GRPC, 40.0));
    put(Row.LARGE, Map.of(NETTY, 1.6, SPARK, 0.87, PEKKO, 0.7, GRPC, 0.78));
    put(Row.LOCAL_SEND, Map.of(SPARK, 2.4e6, PEKKO, 2.4e6));
    put(Row.LOCAL_ASK, Map.of(SPARK, 0.63e6, PEKKO, 0.57e6));
    put(Row.FILE, Map.of(SPARK, 2.1));
    put(Row.MIXED_P50, Map.of(SPARK, 80e3, GRPC, 6.6e3));
    put(Row.MIXED_P99, Map.of(SPARK, 272e3, GRPC, 152e3));
    put(Row.BYTES, Map.of(NETTY, 690.0, SPARK, 22.9e3, PEKKO, 12.2e3, GRPC, 28.7e3));
  }

  /** Below this share of what was known it is no limit. */
  private static final double LIMIT = 0.9;

  private Known() {}

  private static void put(Row row, Map<SystemSpec, Double> figures) {
    FIGURES.put(row, figures);
  }

  /** Returns what to call it: of bare Netty's three, the one that does best. */
  static String label(SystemSpec system) {
    return system == NETTY ? "bare Netty" : system.label();
  }

  /** Says so if bare Netty is too slow to be the limit that the goals mean. */
  static String remark(SystemSpec system, double times) {
    return system == NETTY && times < LIMIT ? " (below 0.9: no limit)" : "";
  }

  /** Returns how much better the system does than there: 1 if it does the same. */
  static OptionalDouble times(Row row, SystemSpec system, OptionalDouble here) {
    Double there = FIGURES.getOrDefault(row, Map.of()).get(system);
    if (there == null || here.isEmpty()) {
      return OptionalDouble.empty();
    }
    double times = here.getAsDouble() / there;
    return OptionalDouble.of(row.unit().moreIsBetter() ? times : 1 / times);
  }
}
