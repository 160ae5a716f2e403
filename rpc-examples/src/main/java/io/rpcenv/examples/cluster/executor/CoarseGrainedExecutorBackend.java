// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.executor;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcException;
import io.rpcenv.examples.cluster.Failures;
import io.rpcenv.examples.cluster.Ticks;
import io.rpcenv.examples.cluster.driver.HeartbeatMessage.Heartbeat;
import io.rpcenv.examples.cluster.protocol.ApplicationServices;
import io.rpcenv.examples.cluster.protocol.DriverMessage.RegisterExecutor;
import io.rpcenv.examples.cluster.protocol.DriverMessage.RetrieveApplicationServices;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.ExecutorMessage.KillTask;
import io.rpcenv.examples.cluster.protocol.ExecutorMessage.LaunchTask;
import io.rpcenv.examples.cluster.protocol.ExecutorMessage.StopExecutor;
import io.rpcenv.examples.cluster.protocol.ExecutorState;
import io.rpcenv.examples.cluster.protocol.MasterMessage.ExecutorStateChanged;
import io.rpcenv.examples.cluster.protocol.RegisterExecutorResponse;
import io.rpcenv.examples.cluster.protocol.RegisterExecutorResponse.RegisterExecutorFailed;
import io.rpcenv.plugin.ExecutorPlugins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of one driver on the cores of one worker: asks the driver what it needs to know,
 * prepares itself, then registers. Ends when the worker stops it, when the driver says so or is
 * gone; in the latter cases it says how.
 */
public final class CoarseGrainedExecutorBackend extends RpcEndpoint {

  private final ExecutorId id;
  private final String workerId;
  private final int cores;
  private final RpcEndpointRef driver;
  private final Consumer<ExecutorStateChanged> reports;
  private final Consumer<ExecutorPlugins> plugins;
  private CompletableFuture<Prepared> preparation = new CompletableFuture<>();
  private @Nullable TaskRunner tasks;
  private final Ticks ticks = new Ticks(this::self);
  private Optional<ExecutorStateChanged> end = Optional.empty();

  /** Everything is there that tasks need; the executor tells itself. */
  private record Prepared(ApplicationServices application, ExecutorSetup setup) {}

  /** The driver will send tasks; the executor tells itself. */
  private record Registered(ApplicationServices application) {}

  /** The executor has reason to end; it tells itself, from whatever thread noticed. */
  private record Ended(ExecutorState state, String why) {}

  /** The executor's own clock: time to say that it is alive. */
  private record SendHeartbeat(RpcEndpointRef heartbeats) {}

  /**
   * Makes an executor.
   *
   * @param id who it is
   * @param workerId the worker it runs on
   * @param cores how many tasks it runs at a time
   * @param driver whose tasks
   * @param reports told when it runs and, if it ends by itself, once how it ended; on its thread
   * @param plugins told once of the application's plugins, when they run here; on its thread
   */
  public CoarseGrainedExecutorBackend(
      ExecutorId id,
      String workerId,
      int cores,
      RpcEndpointRef driver,
      Consumer<ExecutorStateChanged> reports,
      Consumer<ExecutorPlugins> plugins) {
    this.id = id;
    this.workerId = workerId;
    this.cores = cores;
    this.driver = driver;
    this.reports = reports;
    this.plugins = plugins;
  }

  @Override
  public void onStart() {
    RpcEndpointRef me = self();
    RpcEnv env = rpcEnv();
    reports.accept(new ExecutorStateChanged(id, ExecutorState.RUNNING, "started"));
    preparation =
        driver
            .ask(new RetrieveApplicationServices(id))
            .thenApplyAsync(application -> prepare(env, application), this::runBesides);
    var unused =
        preparation.whenComplete(
            (prepared, failure) ->
                me.send(failure == null ? prepared : notPrepared(Failures.cause(failure))));
  }

  /** Without a driver there is no application; else this executor has a fault that others share. */
  private static Ended notPrepared(Throwable failure) {
    return new Ended(
        failure instanceof RpcException ? ExecutorState.LOST : ExecutorState.FAILED,
        "it could not begin: " + Failures.text(failure));
  }

  /** Fetching a jar takes a while, for which neither this endpoint nor the network waits. */
  private void runBesides(Runnable work) {
    Thread thread = new Thread(work, "prepare-" + id);
    thread.setDaemon(true);
    thread.start();
  }

  private Prepared prepare(RpcEnv env, ApplicationServices application) {
    try {
      return new Prepared(application, ExecutorSetup.start(env, id, driver, application));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void prepared(Prepared m) {
    RpcEndpointRef me = self();
    m.setup().services().plugins().ifPresent(plugins);
    tasks =
        new TaskRunner(
            id,
            cores,
            driver,
            m.setup().services(),
            why -> me.send(new Ended(ExecutorState.LOST, why)));
    var unused =
        driver
            .ask(new RegisterExecutor(id, workerId, me, cores))
            .whenComplete((response, failure) -> me.send(answer(m, response, failure)));
  }

  private static Object answer(
      Prepared prepared, @Nullable RegisterExecutorResponse response, @Nullable Throwable failure) {
    if (failure != null) {
      return new Ended(ExecutorState.LOST, "cannot reach the driver: " + Failures.text(failure));
    }
    return response instanceof RegisterExecutorFailed refused
        ? new Ended(ExecutorState.KILLED, "the driver refused it: " + refused.message())
        : new Registered(prepared.application());
  }

  private void registered(ApplicationServices application) {
    ticks.every(application.heartbeatInterval(), new SendHeartbeat(application.heartbeats()));
  }

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    if (message instanceof LaunchTask m && tasks != null) {
      tasks.launch(m.task());
      call.reply(true);
    } else {
      super.receiveAndReply(message, call);
    }
  }

  @Override
  public void receive(Object message) throws Exception {
    if (message instanceof KillTask m && tasks != null) {
      tasks.kill(m.taskId(), m.reason());
    } else if (message instanceof StopExecutor m) {
      end(m.end(), "the driver said: " + m.reason());
    } else if (message instanceof Prepared m) {
      prepared(m);
    } else if (message instanceof Registered m) {
      registered(m.application());
    } else if (message instanceof SendHeartbeat m) {
      heartbeat(m.heartbeats());
    } else if (message instanceof Ended m) {
      end(m.state(), m.why());
    } else {
      super.receive(message);
    }
  }

  private void heartbeat(RpcEndpointRef heartbeats) {
    RpcEndpointRef me = self();
    var unused =
        heartbeats
            .ask(new Heartbeat(id))
            .whenComplete(
                (known, failure) -> {
                  if (failure == null && !known) {
                    me.send(new Ended(ExecutorState.LOST, "the driver has given it up"));
                  }
                });
  }

  @Override
  public void onDisconnected(RpcAddress peer) {
    if (driver.address().filter(peer::equals).isPresent()) {
      end(ExecutorState.LOST, "the driver disconnected");
    }
  }

  private void end(ExecutorState state, String why) {
    if (end.isEmpty()) {
      end = Optional.of(new ExecutorStateChanged(id, state, why));
      stop();
    }
  }

  /** Reports the end last, when nothing of this executor runs any more. */
  @Override
  public void onStop() {
    ticks.close();
    if (tasks != null) {
      tasks.close();
    }
    var unused = preparation.thenAccept(prepared -> prepared.setup().close());
    end.ifPresent(reports);
  }
}
