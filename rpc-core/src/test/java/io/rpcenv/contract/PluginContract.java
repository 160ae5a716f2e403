// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcRemoteException;
import io.rpcenv.plugin.DriverContext;
import io.rpcenv.plugin.DriverPlugins;
import io.rpcenv.plugin.ExecutorContext;
import io.rpcenv.plugin.ExecutorPlugins;
import io.rpcenv.plugin.PluginMessage;
import io.rpcenv.plugin.RpcPlugin;
import io.rpcenv.plugin.RpcPlugins;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plugins: PLG-01 to PLG-04, PLG-06 to PLG-09; driver and executors in one env, or in several. */
public abstract class PluginContract extends Contract {

  final List<AutoCloseable> running = new ArrayList<>();
  final Plug plug = new Plug();
  private final Plug.Other other = new Plug.Other();
  private DriverPlugins driver;

  @BeforeEach
  void allowTheirMessages() {
    lab.messages(PluginMessage.class);
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable each : running) {
      each.close();
    }
  }

  final DriverPlugins startDriver(RpcPlugin... plugins) {
    driver = DriverPlugins.start(server(), List.of(plugins));
    running.add(driver);
    return driver;
  }

  private ExecutorPlugins startExecutor(RpcEnv env, String id, RpcPlugin... plugins) {
    ExecutorPlugins started =
        env == server()
            ? ExecutorPlugins.start(env, driver, id, List.of(plugins))
            : ExecutorPlugins.start(env, server().address().orElseThrow(), id, List.of(plugins));
    running.add(0, started);
    return started;
  }

  final ExecutorPlugins startExecutor(String id, RpcPlugin... plugins) {
    return startExecutor(client(), id, plugins);
  }

  /** Returns what a part was given at its start. */
  static <T> T got(CompletableFuture<T> context) {
    return context.orTimeout(20, TimeUnit.SECONDS).join();
  }

  private RpcEndpointRef driverPart(RpcPlugin plugin) {
    String name = plugin.getClass().getName();
    return lab.remote()
        ? RpcPlugins.driverPart(client(), server().address().orElseThrow(), name)
        : driver.ref(name);
  }

  /** PLG-02, PLG-03: the life of both parts, in order. */
  @Test
  void bothPartsLive() {
    DriverPlugins driverParts = startDriver(plug);
    ExecutorPlugins parts = startExecutor("1", plug);
    assertThat(driverParts.running()).containsExactly(Plug.class.getName());
    assertThat(parts.running()).containsExactly(Plug.class.getName());
    String thread = Thread.currentThread().getName();
    parts.onTaskStart();
    parts.onTaskSucceeded();
    parts.onTaskFailed(new IllegalStateException("bad"));
    parts.close();
    driverParts.close();
    parts.close();
    driverParts.close();
    assertThat(plug.events)
        .containsExactly(
            "driver init",
            "driver metrics",
            "executor init 1 {factor=10}",
            "start on " + thread,
            "succeeded on " + thread,
            "failed: bad",
            "executor shutdown",
            "driver shutdown");
  }

  /** PLG-04 */
  @Test
  void theExecutorPartAsksAndSendsToTheDriverPart() {
    startDriver(plug);
    startExecutor("1", plug);
    ExecutorContext context = got(plug.executor);
    assertThat(context.ask(new Msg.Count(4), Integer.class)).isEqualTo(40);
    context.send(new Msg.Tick(1));
    assertThat(context.ask(new Msg.Count(5), Integer.class)).isEqualTo(50);
    assertThat(plug.events).containsSubsequence("driver receive Tick[n=1]");
    assertThat(context.pluginName()).isEqualTo(Plug.class.getName());
    assertThat(context.executorId()).isEqualTo("1");
    assertThat(context.conf()).isSameAs(client().conf());
  }

  /** PLG-04: plugins are apart; one that blocks holds up no other. */
  @Test
  void pluginsAreKeptApart() throws Exception {
    startDriver(plug, other);
    startExecutor("1", plug, other);
    plug.held = lab.gate();
    got(plug.executor).send(new Msg.Tick(1));
    plug.held.awaitReached();
    assertThat(got(other.executor).ask(new Msg.Count(4), Integer.class)).isEqualTo(40);
    plug.held.open();
    assertThat(other.events).noneMatch(event -> event.contains("Tick"));
  }

  /** PLG-08 */
  @Test
  void theDriverPartReachesOneExecutorPartOrAll() throws Exception {
    Plug second = new Plug();
    startDriver(plug);
    startExecutor("1", plug);
    ExecutorPlugins parts = startExecutor("2", second);
    DriverContext context = got(plug.driver);
    assertThat(context.executors()).containsExactlyInAnyOrder("1", "2");
    assertThat(Failures.reply(context.ask("2", new Msg.Count(3), String.class)))
        .isEqualTo("executor got Count[n=3]");
    context.sendToAll(new Msg.Tick(9));
    context.send("1", new Msg.Tick(10));
    Eventually.await(
        "the first got both", () -> plug.events.contains("executor receive Tick[n=10]"));
    Eventually.await(
        "the second got one", () -> second.events.contains("executor receive Tick[n=9]"));
    assertThat(plug.events).contains("executor receive Tick[n=9]");
    assertThat(second.events).doesNotContain("executor receive Tick[n=10]");
    parts.close();
    Eventually.await("it has left", () -> context.executors().equals(Set.of("1")));
    assertThatThrownBy(() -> context.send("2", new Msg.Tick(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("executorId: 2 (expected: one in which plugin [");
  }

  /** PLG-07 */
  @Test
  void aProgramOutsidePushesEvents() {
    startDriver(plug);
    startExecutor("1", plug);
    RpcEndpointRef part = driverPart(plug);
    part.send(new Msg.Tick(1));
    assertThat(part.askSync(new Msg.Count(2))).isEqualTo(20);
    part.send(RpcPlugins.toExecutors(new Msg.Tick(3)));
    part.send(RpcPlugins.toExecutor("1", new Msg.Tick(4)));
    part.send(RpcPlugins.toExecutor("none", new Msg.Tick(5)));
    Eventually.await("both came", () -> plug.events.contains("executor receive Tick[n=4]"));
    assertThat(plug.events)
        .containsSubsequence("driver receive Tick[n=1]", "driver receive Count[n=2]")
        .containsSubsequence("executor receive Tick[n=3]", "executor receive Tick[n=4]")
        .doesNotContain("executor receive Tick[n=5]");
    assertThat(part.askSync(new Msg.Count(6))).as("the plugin lives on").isEqualTo(60);
  }

  /** PLG-06 */
  @Test
  void theMetricsOfBothPartsAreSeen() {
    startDriver(plug, other);
    ExecutorPlugins parts = startExecutor("1", plug);
    got(plug.executor).ask(new Msg.Count(1), Integer.class);
    parts.onTaskStart();
    parts.onTaskStart();
    String name = "plugin." + Plug.class.getName();
    assertThat(driver.metrics())
        .hasSize(2)
        .containsEntry(name + ".received", 1L)
        .containsEntry("plugin." + Plug.Other.class.getName() + ".received", 0L);
    assertThat(parts.metrics()).isEqualTo(Map.of(name + ".tasks", 2L));
  }

  /** PLG-01 */
  @Test
  void eitherPartMayBeAbsent() {
    plug.hasDriver = false;
    other.hasExecutor = false;
    DriverPlugins driverParts = startDriver(plug, other);
    ExecutorPlugins parts = startExecutor("1", plug, other);
    assertThat(driverParts.running()).hasSize(2);
    assertThat(parts.running()).containsExactly(Plug.class.getName());
    assertThat(plug.events).containsExactly("executor init 1 {}");
    assertThatThrownBy(() -> got(plug.executor).ask(new Msg.Count(1), Integer.class))
        .isInstanceOf(RpcRemoteException.class)
        .hasMessageContaining("has no driver part");
    driverPart(plug).askSync(RpcPlugins.toExecutors(new Msg.Tick(1)), Object.class);
    Eventually.await("it came", () -> plug.events.contains("executor receive Tick[n=1]"));
  }

  /** PLG-09 */
  @Test
  void aDriverPartThatFailsToBeginIsLeftOutWithItsExecutorParts() {
    plug.failsIn = "driver init";
    DriverPlugins driverParts = startDriver(plug, other);
    ExecutorPlugins parts = startExecutor("1", plug, other);
    assertThat(driverParts.running()).containsExactly(Plug.Other.class.getName());
    assertThat(parts.running()).containsExactly(Plug.Other.class.getName());
    assertThat(plug.events).containsExactly("driver init");
    assertThat(driverParts.metrics()).hasSize(1);
  }

  /** PLG-09 */
  @Test
  void anExecutorPartThatFailsToBeginIsLeftOut() {
    plug.failsIn = "executor init";
    startDriver(plug, other);
    ExecutorPlugins parts = startExecutor("1", plug, other);
    assertThat(parts.running()).containsExactly(Plug.Other.class.getName());
    assertThat(parts.metrics()).containsOnlyKeys("plugin." + other.name() + ".tasks");
    Eventually.await("it has left", () -> got(plug.driver).executors().isEmpty());
    parts.close();
    assertThat(plug.events).doesNotContain("executor shutdown");
  }

  /** PLG-09 */
  @Test
  void whatAPluginThrowsEndsNobody() throws Exception {
    startDriver(plug, other);
    ExecutorPlugins parts = startExecutor("1", plug, other);
    plug.failsIn = "driver receive";
    ExecutorContext context = got(plug.executor);
    assertThatThrownBy(() -> context.ask(new Msg.Count(1), Integer.class))
        .isInstanceOf(RpcRemoteException.class)
        .hasMessageContaining("as told in driver receive");
    context.send(new Msg.Tick(1));
    Eventually.await("it has failed", () -> plug.events.contains("driver receive Tick[n=1]"));
    plug.failsIn = "executor receive";
    assertThat(Failures.of(got(plug.driver).ask("1", new Msg.Tick(2), String.class)))
        .isInstanceOf(RpcRemoteException.class)
        .hasMessageContaining("as told in executor receive");
    plug.failsIn = "start";
    parts.onTaskStart();
    plug.failsIn = "succeeded";
    parts.onTaskSucceeded();
    plug.failsIn = "failed";
    parts.onTaskFailed(new IllegalStateException("bad"));
    plug.fault = what -> new Speechless();
    parts.onTaskFailed(new IllegalStateException("bad"));
    plug.failsIn = "";
    assertThat(context.ask(new Msg.Count(1), Integer.class)).as("lives on").isEqualTo(10);
    plug.failsIn = "executor shutdown";
    parts.close();
    plug.failsIn = "driver shutdown";
    driver.close();
    String thread = Thread.currentThread().getName();
    assertThat(other.events)
        .endsWith(
            "start on " + thread,
            "succeeded on " + thread,
            "failed: bad",
            "failed: bad",
            "executor shutdown",
            "driver shutdown");
  }

  @SuppressWarnings("serial")
  private static final class Speechless extends Error {
    @Override
    public String getMessage() {
      throw new IllegalStateException("no words");
    }
  }

  /** PLG-09 */
  @Test
  void aDriverPartThatCannotNameItsMetricsRunsAllTheSame() {
    plug.failsIn = "driver metrics";
    DriverPlugins driverParts = startDriver(plug, other);
    startExecutor("1", plug);
    assertThat(driverParts.running()).containsExactly(plug.name(), other.name());
    assertThat(driverParts.metrics()).containsOnlyKeys("plugin." + other.name() + ".received");
    assertThat(got(plug.executor).ask(new Msg.Count(1), Integer.class)).isEqualTo(10);
  }

  /** PLG-09 */
  @Test
  void aPartThatDoesNotEndHoldsUpTheEndForALimitedTime() throws Exception {
    lab.serverConf("rpc.shutdown.timeout", "100ms");
    startDriver(plug, other);
    plug.held = lab.gate();
    driverPart(plug).send(new Msg.Tick(1));
    plug.held.awaitReached();
    try (LogCapture log = new LogCapture()) {
      driver.close();
      assertThat(log.warnings("has not ended within"))
          .singleElement(InstanceOfAssertFactories.STRING)
          .contains("plugin [" + plug.name() + "]", "[100 ms]", "rpc.shutdown.timeout");
    }
    assertThat(other.events).endsWith("driver shutdown");
    plug.held.open();
    Eventually.await("it ends later", () -> plug.events.contains("driver shutdown"));
  }

  /** PLG-03, PLG-04: what was sent is taken before the end; after it nothing is told. */
  @Test
  void theEndComesLast() {
    startDriver(plug);
    ExecutorPlugins parts = startExecutor("1", plug);
    parts.onTaskStart();
    for (int i = 0; i < 200; i++) {
      got(plug.executor).send(new Msg.Tick(i));
    }
    parts.close();
    assertThat(plug.events)
        .filteredOn(event -> event.startsWith("driver receive"))
        .as("taken when the executor part has ended")
        .hasSize(200)
        .endsWith("driver receive Tick[n=199]");
    List<String> before = List.copyOf(plug.events);
    parts.onTaskStart();
    parts.onTaskSucceeded();
    parts.onTaskFailed(new IllegalStateException("bad"));
    assertThat(plug.events).isEqualTo(before);
  }

  /** PLG-01 */
  @Test
  void aPluginRunsOnceInADriver() {
    startDriver(plug);
    Plug again = new Plug();
    assertThatThrownBy(() -> DriverPlugins.start(server(), List.of(other, again)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("plugin." + plug.name());
    assertThat(other.events).endsWith("driver shutdown");
    assertThat(again.events).isEmpty();
    assertThat(driverPart(plug).askSync(new Msg.Count(1))).as("the first one").isEqualTo(10);
  }

  /** PLG-08: no id means all. */
  @Test
  void anExecutorHasAnId() {
    startDriver(plug);
    assertThatThrownBy(() -> startExecutor("", plug))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("executorId: (expected: not empty)");
    assertThatThrownBy(() -> RpcPlugins.toExecutor("", new Msg.Tick(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("executorId: (expected: not empty)");
  }

  /** PLG-01 */
  @Test
  void onlyARunningPluginIsReached() {
    startDriver(plug);
    assertThatThrownBy(() -> driver.ref("none"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("plugin [none] does not run (expected: one of [" + plug.name() + "])");
  }

  /** PLG-01 */
  @Test
  void twoOfOneClassAreRefused() {
    assertThatThrownBy(() -> startDriver(plug, new Plug()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("plugins: [")
        .hasMessageEndingWith("(expected: each of another class)");
    assertThat(plug.events).isEmpty();
  }
}
