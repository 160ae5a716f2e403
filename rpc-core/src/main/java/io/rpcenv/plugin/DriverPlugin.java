// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.plugin;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of a plugin that runs beside the driver. All of its methods are called by one thread,
 * the plugin's own. A method may block: that holds up no other plugin, only this one's executor
 * parts while they ask. What it throws is logged, and ends neither the driver nor other plugins.
 */
public interface DriverPlugin {

  /**
   * Begins; exactly once, before anything else. If it throws, neither part of this plugin runs.
   *
   * @param context how to reach the executor parts; usable until the end
   * @return what each executor part gets at its start
   * @throws Exception if it cannot begin
   */
  default Map<String, String> init(DriverContext context) throws Exception {
    return Map.of();
  }

  /**
   * Names this part's metrics; once, after {@link #init}.
   *
   * @param metrics where; the names need to be unique within this part
   * @throws Exception if that fails; the plugin runs all the same
   */
  default void registerMetrics(PluginMetrics metrics) throws Exception {}

  /**
   * Takes a message of an executor part, or of a program outside.
   *
   * @param message the message
   * @return the reply; ignored if nobody waits for one
   * @throws Exception what the asker's ask fails with; logged if the message was sent
   */
  default @Nullable Object receive(Object message) throws Exception {
    throw new UnsupportedOperationException(
        getClass().getName() + " takes no message of class [" + message.getClass().getName() + "]");
  }

  /**
   * Ends; once if {@link #init} succeeded, after everything else.
   *
   * @throws Exception logged
   */
  default void shutdown() throws Exception {}
}
