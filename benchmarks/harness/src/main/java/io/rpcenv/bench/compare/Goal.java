// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.compare;

import java.util.Locale;

/**
 * What a row is to reach: our figure against another's, as a factor.
 *
 * @param ours the system that is to reach it
 * @param other what it is held against
 * @param least whether the factor is a lower bound
 * @param factor ours divided by the other
 */
record Goal(SystemSpec ours, Against other, boolean least, double factor) {

  /** What a figure is held against. */
  enum Against {
    NETTY("bare Netty"),
    NETTY_BY_HAND("Netty by hand"),
    BEST_PEER("the best peer"),
    SPARK("Spark"),
    /** A bound of its own: the factor is the figure. */
    NOTHING("");

    private final String label;

    Against(String label) {
      this.label = label;
    }
  }

  static Goal least(double factor, Against other) {
    return new Goal(SystemSpec.RPCENV, other, true, factor);
  }

  static Goal most(double factor, Against other) {
    return new Goal(SystemSpec.RPCENV, other, false, factor);
  }

  Goal withEventLoop() {
    return new Goal(SystemSpec.RPCENV_LOOP, other, least, factor);
  }

  boolean isMetBy(double ratio) {
    return least ? ratio >= factor : ratio <= factor;
  }

  @Override
  public String toString() {
    String bound = (least ? "≥ " : "≤ ") + (factor == Math.rint(factor) ? "%.0f" : "%.2f");
    String text = String.format(Locale.ROOT, bound, factor);
    if (other != Against.NOTHING) {
      text += " × " + other.label;
    }
    return text + (ours == SystemSpec.RPCENV_LOOP ? ", event loop" : "");
  }
}
