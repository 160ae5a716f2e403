// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.scale;

import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/** What growth is to cost at most, or to leave at least. */
enum Goal {
  ENDPOINT_BYTES("bytes for each endpoint", false, 300, of("endpoints: bytes each")),
  REGISTERING("seconds to register all", false, 2, of("endpoints: seconds to register")),
  RANDOM_POST("ns for a post to a random one", false, 500, of("endpoints: ns per random post")),
  PENDING_BYTES("bytes for each pending ask", false, 300, of("pending asks: bytes each")),
  PENDING_CORE(
      "% of a core while they wait", false, 5, of("pending asks: % of a core while they wait")),
  LATENESS("ms that the last times out late", false, 100, of("pending asks: ms late, at most")),
  CONNECTIONS("asks over all connections, of bare Netty's", true, 0.7, Goal::ofBareNetty),
  IDLE_BYTES("bytes for each idle connection", false, 20_000, of("connections: idle bytes each")),
  THREADS("asks from the worst number of threads, of the best", true, 0.8, Goal::worstOfBest);

  private final String label;
  private final boolean least;
  private final double bound;
  private final Function<Outcome, OptionalDouble> figure;

  Goal(String label, boolean least, double bound, Function<Outcome, OptionalDouble> figure) {
    this.label = label;
    this.least = least;
    this.bound = bound;
    this.figure = figure;
  }

  private static Function<Outcome, OptionalDouble> of(String name) {
    return outcome -> outcome.median(name);
  }

  private static OptionalDouble ofBareNetty(Outcome outcome) {
    OptionalDouble ours = outcome.median("connections: asks per second");
    OptionalDouble bare = outcome.median("connections: asks per second, bare Netty");
    return ours.isPresent() && bare.isPresent()
        ? OptionalDouble.of(ours.getAsDouble() / bare.getAsDouble())
        : OptionalDouble.empty();
  }

  private static OptionalDouble worstOfBest(Outcome outcome) {
    DoubleSummaryStatistics rates =
        ThreadsPart.THREADS.stream()
            .flatMapToDouble(threads -> outcome.median(ThreadsPart.name(threads)).stream())
            .summaryStatistics();
    return rates.getCount() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(rates.getMin() / rates.getMax());
  }

  String label() {
    return label;
  }

  /** Returns what was reached; empty if it was not measured. */
  OptionalDouble reached(Outcome outcome) {
    return figure.apply(outcome);
  }

  boolean isMetBy(double reached) {
    return least ? reached >= bound : reached <= bound;
  }

  /** Returns the bound as it is written. */
  String bound() {
    return (least ? "≥ " : "≤ ") + String.format(Locale.ROOT, bound < 1 ? "%.1f" : "%,.0f", bound);
  }
}
