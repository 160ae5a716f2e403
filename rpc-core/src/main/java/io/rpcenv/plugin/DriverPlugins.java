// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.plugin;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import java.util.List;
import java.util.SortedMap;

/** The driver parts of all plugins, while they run. Any thread. */
public final class DriverPlugins implements AutoCloseable {

  private final RunningParts<DriverEndpoint> parts;

  private DriverPlugins(RpcEnv env) {
    parts = new RunningParts<>(env);
  }

  /**
   * Starts the driver parts, each on a thread of its own, and waits until they have begun. A plugin
   * that fails to begin is logged and left out; so are its executor parts. Each of the others is
   * reached at an endpoint of its own, {@code plugin.<class name>}, also one that has no driver
   * part.
   *
   * @param env the driver's; it listens if executors are in other envs, and allows {@link
   *     PluginMessage} and the plugins' own messages. It stays the caller's
   * @param plugins each of another class
   * @return what ends them; to be closed before the env
   * @throws IllegalArgumentException if two are of one class, or one of such a class runs in this
   *     env already; none of {@code plugins} runs then
   * @throws io.rpcenv.RpcEnvStoppedException if the env has stopped
   */
  public static DriverPlugins start(RpcEnv env, List<RpcPlugin> plugins) {
    RunningParts.requireDistinct(plugins);
    DriverPlugins all = new DriverPlugins(env);
    try {
      plugins.forEach(all::launch);
    } catch (RuntimeException e) {
      all.close();
      throw e;
    }
    all.parts.awaitBegin();
    return all;
  }

  private void launch(RpcPlugin plugin) {
    String name = RpcPlugins.nameOf(plugin);
    parts.launch(
        RpcPlugins.endpoint(name),
        new DriverEndpoint(name, plugin, parts.conf(), parts.metricsOf(name)));
  }

  /**
   * Returns a reference to a plugin's driver part, as {@link RpcPlugins#driverPart} does in other
   * envs.
   *
   * @param pluginName the name of the plugin's class
   * @throws IllegalStateException if it does not run
   */
  public RpcEndpointRef ref(String pluginName) {
    return parts.ref(pluginName);
  }

  /** Returns the names of the plugins that run, in the order in which they were given. */
  public List<String> running() {
    return parts.names();
  }

  /**
   * Returns the metrics of the driver parts, by {@code plugin.<class name>.<metric>}.
   *
   * @return a copy: the values of now
   */
  public SortedMap<String, Number> metrics() {
    return parts.metrics();
  }

  /**
   * Ends the driver parts: what each was sent before is taken first. Blocks until they have ended,
   * at most {@code rpc.shutdown.timeout}; one that takes longer is logged and left to the end of
   * its env. Closing twice closes once.
   */
  @Override
  public void close() {
    parts.close();
  }
}
