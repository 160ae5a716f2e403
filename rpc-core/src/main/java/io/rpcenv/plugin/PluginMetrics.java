// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.plugin;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Where a part of a plugin names its metrics. Any thread. */
public interface PluginMetrics {

  /**
   * Adds a figure that is asked for when somebody looks.
   *
   * @param name unique within this part
   * @param value short, never blocks, any thread; if it throws or returns null, the figure is left
   *     out, and the log says so once
   * @throws IllegalArgumentException if the name is empty or taken
   */
  void gauge(String name, Supplier<? extends Number> value);

  /**
   * Adds a figure that is counted.
   *
   * @param name unique within this part
   * @return what to count with; any thread
   * @throws IllegalArgumentException if the name is empty or taken
   */
  LongAdder counter(String name);
}
