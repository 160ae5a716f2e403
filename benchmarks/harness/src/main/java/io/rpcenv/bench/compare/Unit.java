// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.compare;

import java.util.Locale;

/** How a figure is written. */
enum Unit {
  RATE("a second", true) {
    @Override
    String format(double value) {
      return value >= 1e6 ? round(value / 1e6) + " M" : round(value / 1e3) + " k";
    }
  },
  MICROS("µs", false) {
    @Override
    String format(double value) {
      return value >= 10_000 ? round(value / 1e3) + " ms" : round(value) + " µs";
    }
  },
  NANOS("ns", false) {
    @Override
    String format(double value) {
      return value >= 10_000 ? round(value / 1e3) + " µs" : round(value) + " ns";
    }
  },
  GIB("GiB/s", true) {
    @Override
    String format(double value) {
      return round(value) + " GiB/s";
    }
  },
  MIB("MiB", false) {
    @Override
    String format(double value) {
      return round(value) + " MiB";
    }
  },
  BYTES("bytes", false) {
    @Override
    String format(double value) {
      return value >= 10_000 ? round(value / 1e3) + " kB" : round(value) + " B";
    }
  };

  private final String label;
  private final boolean moreIsBetter;

  Unit(String label, boolean moreIsBetter) {
    this.label = label;
    this.moreIsBetter = moreIsBetter;
  }

  String label() {
    return label;
  }

  boolean moreIsBetter() {
    return moreIsBetter;
  }

  /** Writes the figure with its unit. */
  abstract String format(double value);

  /** Writes a number with three digits that count. */
  static String round(double value) {
    double size = Math.abs(value);
    String pattern = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, pattern, value);
  }
}
