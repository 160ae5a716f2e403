// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.plugin;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcConfKeys;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loads plugins, and reaches them from outside. */
public final class RpcPlugins {

  private RpcPlugins() {}

  /**
   * Makes the plugins that the configuration names.
   *
   * @param conf {@code rpc.plugins}: names of classes, each a public {@link RpcPlugin} with a
   *     public constructor without arguments
   * @param loader where the classes are
   * @return the plugins, in the order of their names there
   * @throws IllegalArgumentException if one cannot be made: its name and why; or if one is named
   *     twice; none of them has begun
   */
  public static List<RpcPlugin> load(RpcConf conf, ClassLoader loader) {
    List<RpcPlugin> plugins = new ArrayList<>();
    for (String name : conf.get(RpcConfKeys.PLUGINS)) {
      plugins.add(make(name, loader));
    }
    RunningParts.requireDistinct(plugins);
    return List.copyOf(plugins);
  }

  private static RpcPlugin make(String name, ClassLoader loader) {
    try {
      Class<?> found = Class.forName(name, true, loader);
      if (!RpcPlugin.class.isAssignableFrom(found)) {
        throw wrong(name, "a class that implements " + RpcPlugin.class.getName(), null);
      }
      return (RpcPlugin) found.getConstructor().newInstance();
    } catch (ClassNotFoundException e) {
      throw wrong(name, "a class that is there", e);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw wrong(name, "a public class with a public constructor without arguments that works", e);
    }
  }

  private static IllegalArgumentException wrong(
      String name, String expected, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        RpcConfKeys.PLUGINS.name() + ": " + name + " (expected: " + expected + ")", cause);
  }

  /** Refuses the id that means all executors. */
  static void requireId(String executorId) {
    if (executorId.isEmpty()) {
      throw new IllegalArgumentException("executorId: (expected: not empty)");
    }
  }

  /** Returns the name of the endpoint at which a plugin's driver part takes messages. */
  static String endpoint(String pluginName) {
    return "plugin." + pluginName;
  }

  /** Returns a plugin's name. */
  static String nameOf(RpcPlugin plugin) {
    return plugin.getClass().getName();
  }

  /**
   * Returns a reference to a plugin's driver part, for any program that reaches the driver: events
   * are sent to it, and asked, as they are. See {@link #toExecutors} for executor parts.
   *
   * @param env the program's own env; it allows the plugin's message classes and {@link
   *     PluginMessage}
   * @param driver the driver's address
   * @param pluginName the name of the plugin's class
   * @throws io.rpcenv.RpcException if the driver cannot be reached or has no such plugin
   */
  public static RpcEndpointRef driverPart(RpcEnv env, RpcAddress driver, String pluginName) {
    return env.setupEndpointRef(driver, endpoint(pluginName));
  }

  /**
   * Wraps an event for the executor parts, to be sent to {@link #driverPart}.
   *
   * @param message of the plugin's own
   */
  public static PluginMessage toExecutors(Object message) {
    return new PluginMessage.Forward("", message);
  }

  /**
   * Wraps an event for the executor part in one executor, to be sent to {@link #driverPart}. If it
   * does not run there the driver logs that.
   *
   * @param executorId which executor; not empty
   * @param message of the plugin's own
   * @throws IllegalArgumentException if the id is empty
   */
  public static PluginMessage toExecutor(String executorId, Object message) {
    requireId(executorId);
    return new PluginMessage.Forward(executorId, message);
  }
}
