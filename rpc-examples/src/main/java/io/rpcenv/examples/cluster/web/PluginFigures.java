// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import io.rpcenv.examples.cluster.protocol.MonitorMessage;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps the metrics of plugins within bounds: so many, of such names, of plain types. */
final class PluginFigures {

  private PluginFigures() {}

  /**
   * Returns the first {@value MonitorMessage#MAX_METRICS} metrics by name, each as a {@code Long}
   * or a {@code Double}. What is not a finite number is left out, and so is what cannot be read.
   */
  static SortedMap<String, Number> bounded(Map<String, ? extends Number> metrics) {
    SortedMap<String, Number> figures = new TreeMap<>();
    for (Map.Entry<String, ? extends Number> metric : metrics.entrySet()) {
      if (figures.size() == MonitorMessage.MAX_METRICS) {
        break;
      }
      plain(metric.getValue())
          .ifPresent(value -> figures.putIfAbsent(Texts.cut(metric.getKey()), value));
    }
    return Collections.unmodifiableSortedMap(figures);
  }

  /** A number's class may be the plugin's own, with faults of its own. */
  private static Optional<Number> plain(@Nullable Number value) {
    if (value == null) {
      return Optional.empty();
    }
    try {
      double real = value.doubleValue();
      long whole = value.longValue();
      if (!Double.isFinite(real)) {
        return Optional.empty();
      }
      return Optional.of(whole == real ? (Number) whole : (Number) real);
    } catch (VirtualMachineError fatal) {
      throw fatal;
    } catch (Throwable fault) {
      return Optional.empty();
    }
  }
}
