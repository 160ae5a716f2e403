// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cluster.client.AppClient;
import io.rpcenv.examples.cluster.data.JobContext;
import io.rpcenv.examples.cluster.data.TaskCodec;
import io.rpcenv.examples.cluster.protocol.AppClientMessage;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.ExecutorExpired;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.StopAppClient;
import io.rpcenv.examples.cluster.protocol.DriverMessage;
import io.rpcenv.examples.cluster.protocol.DriverMessage.StopExecutors;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.ExecutorMessage.StopExecutor;
import io.rpcenv.examples.cluster.protocol.ExecutorState;
import io.rpcenv.plugin.DriverPlugins;
import io.rpcenv.plugin.ExecutorPlugins;
import io.rpcenv.plugin.RpcPlugin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A driver with all its endpoints, from the first to the last of its jobs. Made in an env that it
 * does not own; closed when no job runs any more.
 */
final class Application implements AutoCloseable {

  private static final Duration GOODBYE_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration HOUR = Duration.ofHours(1);

  private final JobContext context;
  private final DriverServices services;
  private final DriverPlugins plugins;
  private final Runnable backend;

  private Application(
      RpcEnv env,
      DriverServices services,
      DriverPlugins plugins,
      RpcEndpointRef ref,
      Runnable end) {
    this.services = services;
    this.plugins = plugins;
    this.backend = end;
    this.context = new JobContext(new JobScheduler(env, services, ref));
  }

  /** Returns what jobs are written with. Any thread; one job runs after the other. */
  JobContext context() {
    return context;
  }

  /** Returns the driver parts of the application's plugins. */
  DriverPlugins plugins() {
    return plugins;
  }

  /** Returns who loads the application's classes. */
  ClassLoader classes() {
    return services.codec().application();
  }

  /**
   * Starts an application whose tasks run in this process.
   *
   * @param env where; need not listen
   * @param cores how many tasks run at a time
   * @param code the application's classes
   * @param plugins its plugins
   * @throws IOException if there is no place for temporary files
   */
  static Application local(
      RpcEnv env,
      int cores,
      TaskCodec code,
      List<RpcPlugin> plugins,
      Duration leastSlow,
      JobProgress progress)
      throws IOException {
    // Nobody has to say that this process is alive.
    DriverServices services = new DriverServices(env, code, HOUR, unused -> {});
    TaskScheduler scheduler =
        new TaskScheduler(new CommitProgress(progress, services), leastSlow, System::nanoTime);
    DriverPlugins driverParts = DriverPlugins.start(env, plugins);
    ExecutorPlugins executorParts = ExecutorPlugins.start(env, driverParts, "driver", plugins);
    RpcEndpointRef local =
        env.setupEndpoint(
            LocalEndpoint.ENDPOINT,
            new LocalEndpoint(scheduler, cores, services.here(Optional.of(executorParts))));
    return new Application(
        env,
        services,
        driverParts,
        local,
        () -> {
          local.send(new StopExecutor(ExecutorState.KILLED, "the application is over"));
          executorParts.close();
        });
  }

  /**
   * Starts an application on a cluster.
   *
   * @param env where; listens
   * @param masters where to register
   * @param name what to call it
   * @param settings how patient it is
   * @param code the application's classes
   * @param jar where executors get them; none if it is one of the examples' own
   * @param plugins its plugins
   * @param progress who watches
   * @throws IOException if there is no place for temporary files
   */
  static Application onCluster(
      RpcEnv env,
      AppClient.Line masters,
      String name,
      DriverSettings settings,
      TaskCodec code,
      Optional<Path> jar,
      List<RpcPlugin> plugins,
      JobProgress progress)
      throws IOException {
    CompletableFuture<RpcEndpointRef> told = new CompletableFuture<>(); // of the client
    DriverServices services =
        new DriverServices(
            env, code, settings.executorSilence(), executor -> expired(told, executor));
    TaskScheduler scheduler =
        new TaskScheduler(
            new CommitProgress(progress, services), settings.leastSlow(), System::nanoTime);
    DriverPlugins driverParts = DriverPlugins.start(env, plugins);
    List<String> pluginClasses = plugins.stream().map(p -> p.getClass().getName()).toList();
    String uri = jar.map(env.fileServer()::addJar).orElse("");
    RpcEndpointRef driver =
        env.setupEndpoint(
            DriverMessage.ENDPOINT,
            new DriverEndpoint(
                scheduler,
                settings,
                services.forExecutors(settings.heartbeatInterval(), uri, pluginClasses),
                services,
                System::nanoTime));
    RpcEndpointRef client =
        env.setupEndpoint(
            AppClientMessage.newEndpointName(),
            new AppClient(settings.application(name), masters, driver));
    told.complete(client);
    return new Application(env, services, driverParts, driver, () -> stop(env, driver, client));
  }

  private static void expired(CompletableFuture<RpcEndpointRef> client, ExecutorId executor) {
    var unused =
        client.thenAccept(
            ref -> ref.send(new ExecutorExpired(executor, "it sent no heartbeat for too long")));
  }

  /** Said while all are alive: an env that is shutting down sends nothing any more. */
  private static void stop(RpcEnv env, RpcEndpointRef driver, RpcEndpointRef client) {
    driver.askSync(new StopExecutors(), GOODBYE_TIMEOUT);
    client.askSync(new StopAppClient(), GOODBYE_TIMEOUT);
    env.stop(driver);
    env.stop(client);
  }

  @Override
  public void close() {
    try {
      backend.run();
    } finally {
      plugins.close();
      services.close();
    }
  }
}
