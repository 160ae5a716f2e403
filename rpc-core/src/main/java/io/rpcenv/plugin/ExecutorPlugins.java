// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.plugin;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * The executor parts of all plugins in one executor, while they run. Any thread; the methods about
 * tasks are to be called on the task's own.
 */
public final class ExecutorPlugins implements AutoCloseable {

  /** What a part is told about a task. */
  @FunctionalInterface
  private interface TaskEvent {
    void tell(ExecutorPlugin plugin) throws Exception;
  }

  private final RunningParts<ExecutorEndpoint> parts;

  private ExecutorPlugins(RpcEnv env) {
    parts = new RunningParts<>(env);
  }

  /**
   * Starts the executor parts, each on a thread of its own, and waits until they have begun. A part
   * that fails to begin is logged and left out; so is one whose driver part does not run.
   *
   * @param env the executor's; need not listen; allows {@link PluginMessage} and the plugins' own
   *     messages. It stays the caller's
   * @param driver the address of the driver's env
   * @param executorId one that no other executor of this driver has; not empty
   * @param plugins those that the driver has, too; each of another class
   * @return what tells them about tasks, and ends them; to be closed before the env
   * @throws IllegalArgumentException if two are of one class, or the id is empty; none has begun
   */
  public static ExecutorPlugins start(
      RpcEnv env, RpcAddress driver, String executorId, List<RpcPlugin> plugins) {
    return start(env, executorId, plugins, name -> RpcPlugins.driverPart(env, driver, name));
  }

  /**
   * Starts the executor parts in the driver's own env, which need not listen. All else as above.
   *
   * @param env the driver's
   * @param driver the driver parts
   */
  public static ExecutorPlugins start(
      RpcEnv env, DriverPlugins driver, String executorId, List<RpcPlugin> plugins) {
    return start(env, executorId, plugins, driver::ref);
  }

  private static ExecutorPlugins start(
      RpcEnv env,
      String executorId,
      List<RpcPlugin> plugins,
      Function<String, RpcEndpointRef> driver) {
    RunningParts.requireDistinct(plugins);
    RpcPlugins.requireId(executorId);
    ExecutorPlugins all = new ExecutorPlugins(env);
    for (RpcPlugin plugin : plugins) {
      String name = RpcPlugins.nameOf(plugin);
      PartEndpoint.guarded(
          name,
          "its executor part did not begin",
          () ->
              plugin
                  .executorPlugin()
                  .ifPresent(part -> all.launch(name, part, executorId, driver.apply(name))));
    }
    all.parts.awaitBegin();
    return all;
  }

  private void launch(String name, ExecutorPlugin part, String executorId, RpcEndpointRef driver) {
    parts.launch(
        RpcPlugins.endpoint(name) + "." + executorId,
        new ExecutorEndpoint(name, part, executorId, driver, parts.conf(), parts.metricsOf(name)));
  }

  /** Returns the names of the plugins that run here, in the order in which they were given. */
  public List<String> running() {
    return parts.names();
  }

  /**
   * Returns the metrics of the executor parts, by {@code plugin.<class name>.<metric>}.
   *
   * @return a copy: the values of now
   */
  public SortedMap<String, Number> metrics() {
    return parts.metrics();
  }

  /** Says that a task begins on this thread. */
  public void onTaskStart() {
    tell("onTaskStart", ExecutorPlugin::onTaskStart);
  }

  /** Says that the task of this thread succeeded. */
  public void onTaskSucceeded() {
    tell("onTaskSucceeded", ExecutorPlugin::onTaskSucceeded);
  }

  /**
   * Says that the task of this thread failed.
   *
   * @param cause what it failed with
   */
  public void onTaskFailed(Throwable cause) {
    tell("onTaskFailed", plugin -> plugin.onTaskFailed(cause));
  }

  private void tell(String what, TaskEvent event) {
    parts.forEach(
        part -> PartEndpoint.guarded(part.pluginName(), what, () -> event.tell(part.plugin())));
  }

  /**
   * Ends the executor parts: what each was sent before is taken first, and what each has sent is
   * taken by the driver part, for which it waits 5 s at most. Blocks until they have ended, at most
   * {@code rpc.shutdown.timeout}; one that takes longer is logged and left to the end of its env.
   * Tasks are no longer told about. Closing twice closes once.
   */
  @Override
  public void close() {
    parts.close();
  }
}
