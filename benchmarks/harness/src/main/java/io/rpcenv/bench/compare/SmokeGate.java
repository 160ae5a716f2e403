// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.compare;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What even a moment on a busy machine must show. In an earnest run each of these is met by a wide
 * margin; noise alone never fails them.
 */
final class SmokeGate {

  private static final double TOLERANCE = 3;

  private SmokeGate() {}

  /** Fails if we are several times worse than the best peer. */
  static void check(Results results) throws BenchmarkFailure {
    for (Row row : List.of(Row.ASK_64, Row.ASK_1024, Row.P50, Row.BYTES)) {
      OptionalDouble ratio = results.ratio(row, Goal.least(1, Goal.Against.BEST_PEER));
      if (ratio.isEmpty()) {
        continue;
      }
      double behind = row.unit().moreIsBetter() ? 1 / ratio.getAsDouble() : ratio.getAsDouble();
      if (behind > TOLERANCE) {
        throw new BenchmarkFailure(
            row.label() + ": " + Unit.round(behind) + " times worse than the best peer");
      }
    }
  }
}
