// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.plugin;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** The metrics of all plugins in one place. Any thread. */
final class MetricsTable {

  private final Map<String, Supplier<? extends Number>> values = new ConcurrentHashMap<>();

  /** Of these the log has said that they are left out: somebody may look every second. */
  private final Set<String> broken = ConcurrentHashMap.newKeySet();

  /** Returns the view of one plugin. */
  PluginMetrics of(String pluginName) {
    return new PluginMetrics() {
      @Override
      public void gauge(String name, Supplier<? extends Number> value) {
        add(pluginName, name, value);
      }

      @Override
      public LongAdder counter(String name) {
        LongAdder counter = new LongAdder();
        add(pluginName, name, counter::sum);
        return counter;
      }
    };
  }

  private void add(String pluginName, String name, Supplier<? extends Number> value) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("name: (expected: not empty)");
    }
    if (values.putIfAbsent("plugin." + pluginName + "." + name, value) != null) {
      throw new IllegalArgumentException(
          "name: " + name + " (expected: one that no metric of this plugin has)");
    }
  }

  /** Removes what a plugin has added. */
  void remove(String pluginName) {
    values.keySet().removeIf(name -> name.startsWith("plugin." + pluginName + "."));
  }

  /**
   * Returns all values of now, by {@code plugin.<class name>.<metric>}; without those whose code
   * throws, or returns null.
   */
  SortedMap<String, Number> values() {
    SortedMap<String, Number> now = new TreeMap<>();
    values.forEach(
        (name, value) -> {
          try {
            now.put(name, Objects.requireNonNull(value.get(), "value"));
          } catch (VirtualMachineError fatal) {
            throw fatal;
          } catch (Throwable fault) {
            if (broken.add(name)) {
              PartEndpoint.warn("metric [" + name + "] is left out", fault);
            }
          }
        });
    return now;
  }
}
