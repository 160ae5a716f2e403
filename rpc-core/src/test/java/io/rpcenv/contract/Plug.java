// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import io.rpcenv.plugin.DriverContext;
import io.rpcenv.plugin.DriverPlugin;
import io.rpcenv.plugin.ExecutorContext;
import io.rpcenv.plugin.ExecutorPlugin;
import io.rpcenv.plugin.PluginMetrics;
import io.rpcenv.plugin.RpcPlugin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** A plugin that notes what happens to it, and fails where it is told to. */
class Plug implements RpcPlugin {

  /** Another plugin: a name is that of the class. */
  static final class Other extends Plug {}

  final List<String> events = new CopyOnWriteArrayList<>();
  final CompletableFuture<DriverContext> driver = new CompletableFuture<>();
  final CompletableFuture<ExecutorContext> executor = new CompletableFuture<>();
  volatile boolean hasDriver = true;
  volatile boolean hasExecutor = true;

  /** The event in which it throws. */
  volatile String failsIn = "";

  /** What it throws then, made of its message. */
  volatile Function<String, Error> fault = AssertionError::new;

  volatile Gate held = openGate();

  /** Returns the name that it has as a plugin. */
  final String name() {
    return getClass().getName();
  }

  private static Gate openGate() {
    Gate gate = new Gate();
    gate.open();
    return gate;
  }

  private void note(String event) {
    events.add(event);
    if (event.startsWith(failsIn) && !failsIn.isEmpty()) {
      throw fault.apply("as told in " + event);
    }
  }

  @Override
  public Optional<DriverPlugin> driverPlugin() {
    return hasDriver ? Optional.of(new Driver()) : Optional.empty();
  }

  @Override
  public Optional<ExecutorPlugin> executorPlugin() {
    return hasExecutor ? Optional.of(new Executor()) : Optional.empty();
  }

  private final class Driver implements DriverPlugin {

    private final LongAdder received = new LongAdder();

    @Override
    public Map<String, String> init(DriverContext context) {
      note("driver init");
      driver.complete(context);
      return Map.of("factor", "10");
    }

    @Override
    public void registerMetrics(PluginMetrics metrics) {
      note("driver metrics");
      metrics.gauge("received", received::sum);
    }

    @Override
    public Object receive(Object message) throws Exception {
      note("driver receive " + message);
      received.increment();
      held.pass();
      return message instanceof Msg.Count count ? count.n() * 10 : "got " + message;
    }

    @Override
    public void shutdown() {
      note("driver shutdown");
    }
  }

  private final class Executor implements ExecutorPlugin {

    private LongAdder tasks = new LongAdder();

    @Override
    public void init(ExecutorContext context, Map<String, String> extraConf) {
      tasks = context.metrics().counter("tasks");
      note("executor init " + context.executorId() + " " + extraConf);
      executor.complete(context);
    }

    @Override
    public void onTaskStart() {
      tasks.increment();
      note("start on " + Thread.currentThread().getName());
    }

    @Override
    public void onTaskSucceeded() {
      note("succeeded on " + Thread.currentThread().getName());
    }

    @Override
    public void onTaskFailed(Throwable cause) {
      note("failed: " + cause.getMessage());
    }

    @Override
    public Object receive(Object message) {
      note("executor receive " + message);
      return "executor got " + message;
    }

    @Override
    public void shutdown() {
      note("executor shutdown");
    }
  }
}
