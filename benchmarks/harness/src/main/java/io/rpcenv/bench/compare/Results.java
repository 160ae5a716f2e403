// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** What one run has measured, by row and system, one figure for each round. */
final class Results {

  private final Map<Row, Map<SystemSpec, List<Double>>> figures = new EnumMap<>(Row.class);

  void add(Row row, SystemSpec system, double figure) {
    figures
        .computeIfAbsent(row, r -> new EnumMap<>(SystemSpec.class))
        .computeIfAbsent(system, s -> new ArrayList<>())
        .add(figure);
  }

  List<Double> figures(Row row, SystemSpec system) {
    return figures.getOrDefault(row, Map.of()).getOrDefault(system, List.of());
  }

  boolean has(Row row) {
    return figures.containsKey(row);
  }

  OptionalDouble median(Row row, SystemSpec system) {
    return median(figures(row, system).stream().mapToDouble(Double::doubleValue));
  }

  /** Returns the median; empty of nothing. */
  static OptionalDouble median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    if (sorted.length == 0) {
      return OptionalDouble.empty();
    }
    int middle = sorted.length / 2;
    boolean odd = sorted.length % 2 == 1;
    return OptionalDouble.of(odd ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
  }

  /** Returns the median of the peer that does best. */
  OptionalDouble bestPeer(Row row) {
    return best(row, Arrays.stream(SystemSpec.values()).filter(SystemSpec::isPeer));
  }

  /** Returns bare Netty's median: of its loops and buffers, that of those that do best here. */
  OptionalDouble bareNetty(Row row) {
    return best(row, Stream.of(SystemSpec.NETTY, SystemSpec.NETTY_POOL, SystemSpec.NETTY_SLEEPING));
  }

  private OptionalDouble best(Row row, Stream<SystemSpec> of) {
    Comparator<Double> worse = Comparator.naturalOrder();
    Comparator<Double> order = row.unit().moreIsBetter() ? worse : worse.reversed();
    return of.flatMap(s -> median(row, s).stream().boxed())
        .max(order)
        .map(OptionalDouble::of)
        .orElse(OptionalDouble.empty());
  }

  /**
   * Returns our figure as the goal sees it; empty if one was not measured, or there is no ratio.
   */
  OptionalDouble ratio(Row row, Goal goal) {
    OptionalDouble other =
        switch (goal.other()) {
          case NETTY -> bareNetty(row);
          case NETTY_BY_HAND -> median(row, SystemSpec.NETTY_TUNED);
          case SPARK -> median(row, SystemSpec.SPARK);
          case BEST_PEER -> bestPeer(row);
          case NOTHING -> OptionalDouble.of(1);
        };
    OptionalDouble ours = median(row, goal.ours());
    return ours.isPresent() && other.orElse(0) > 0
        ? OptionalDouble.of(ours.getAsDouble() / other.getAsDouble())
        : OptionalDouble.empty();
  }
}
