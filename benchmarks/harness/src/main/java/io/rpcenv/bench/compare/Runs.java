// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.compare;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What several runs have measured, each with JVMs of its own. A figure is the median of the runs'
 * figures, a ratio the median of their ratios: only within a run is the machine the same.
 */
record Runs(List<Results> all) {

  boolean has(Row row) {
    return all.stream().anyMatch(run -> run.has(row));
  }

  OptionalDouble median(Row row, SystemSpec system) {
    return median(run -> run.median(row, system));
  }

  OptionalDouble bareNetty(Row row) {
    return median(run -> run.bareNetty(row));
  }

  /** Returns our figure as the goal sees it; empty if no run has it. */
  OptionalDouble ratio(Row row, Goal goal) {
    return median(run -> run.ratio(row, goal));
  }

  private OptionalDouble median(Function<Results, OptionalDouble> figure) {
    return Results.median(all.stream().map(figure).flatMapToDouble(OptionalDouble::stream));
  }
}
