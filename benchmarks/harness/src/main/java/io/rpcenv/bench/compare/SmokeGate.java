// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.compare;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * What even a moment on a busy machine must show. How much is allocated does not depend on other
 * processes; the rest is far enough from what an earnest run shows that noise never fails it.
 */
final class SmokeGate {

  /** How many times worse than the best peer a row may be. */
  private static final Map<Row, Double> TOLERANCE =
      Map.of(Row.BYTES, 3.0, Row.P50, 3.0, Row.ASK_64, 3.0, Row.ASK_1024, 3.0, Row.FILE, 30.0);

  private SmokeGate() {}

  /** Fails if we are out of all proportion. */
  static void check(Runs results) throws BenchmarkFailure {
    for (Map.Entry<Row, Double> gate : TOLERANCE.entrySet()) {
      Row row = gate.getKey();
      OptionalDouble ratio = results.ratio(row, Goal.least(1, Goal.Against.BEST_PEER));
      if (ratio.isEmpty()) {
        throw new BenchmarkFailure(row.label() + ": not measured");
      }
      double times = row.unit().moreIsBetter() ? 1 / ratio.getAsDouble() : ratio.getAsDouble();
      if (times > gate.getValue()) {
        throw new BenchmarkFailure(
            row.label() + ": " + Unit.round(times) + " times worse than the best peer");
      }
    }
  }
}
