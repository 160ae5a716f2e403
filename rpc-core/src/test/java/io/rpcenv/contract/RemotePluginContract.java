// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEnv;
import io.rpcenv.plugin.DriverContext;
import io.rpcenv.plugin.DriverPlugins;
import io.rpcenv.plugin.ExecutorPlugins;
import io.rpcenv.plugin.RpcPlugins;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Plugins, with the driver and its executors in envs that lose each other: PLG-08, PLG-09. */
public abstract class RemotePluginContract extends PluginContract {

  private static final String LOST = "has lost its driver part";

  /** PLG-08 */
  @Test
  void anExecutorThatIsLostIsForgotten() {
    Plug second = new Plug();
    startDriver(plug);
    startExecutor("1", plug);
    RpcEnv env = lab.env("second").open();
    running.add(0, startIn(env, "2", second));
    DriverContext context = got(plug.driver);
    assertThat(context.executors()).containsExactlyInAnyOrder("1", "2");
    env.close();
    Eventually.awaitEqual(Set.of("1"), context::executors);
    context.sendToAll(new Msg.Tick(1));
    Eventually.await("it came", () -> plug.events.contains("executor receive Tick[n=1]"));
  }

  private ExecutorPlugins startIn(RpcEnv env, String id, Plug part) {
    return ExecutorPlugins.start(env, server().address().orElseThrow(), id, List.of(part));
  }

  private RpcEnv restartDriver() {
    RpcAddress address = server().address().orElseThrow();
    server().close();
    return lab.env("again").listen(address.port()).conf("rpc.port.maxRetries", "0").open();
  }

  private DriverContext startAgain(RpcEnv env) {
    Plug next = new Plug();
    running.add(DriverPlugins.start(env, List.of(next)));
    return got(next.driver);
  }

  /** PLG-08: the parts find an env that has no plugins yet, and come with their next message. */
  @Test
  void executorPartsJoinADriverThatHasRestarted() throws Exception {
    lab.clientConf("rpc.numRetries", "1000").clientConf("rpc.retry.wait", "20ms");
    startDriver(plug);
    startExecutor("1", plug);
    try (LogCapture log = new LogCapture()) {
      RpcEnv again = restartDriver();
      Eventually.await("it came too early", () -> !log.warnings(LOST).isEmpty());
      DriverContext context = startAgain(again);
      assertThat(got(plug.executor).ask(new Msg.Count(4), Integer.class)).isEqualTo(40);
      assertThat(context.executors()).containsExactly("1");
      assertThat(Failures.reply(context.ask("1", new Msg.Count(3), String.class)))
          .isEqualTo("executor got Count[n=3]");
    }
    assertThat(plug.events).filteredOn(event -> event.startsWith("executor init")).hasSize(1);
  }

  /** PLG-08: after giving up, too, and without a message of their own. */
  @Test
  void executorPartsJoinWhenTheirEnvReachesTheDriverAgain() {
    lab.clientConf("rpc.numRetries", "0");
    startDriver(plug);
    startExecutor("1", plug);
    RpcEnv again;
    try (LogCapture log = new LogCapture()) {
      server().close();
      Eventually.await("it gives up", () -> !log.warnings(LOST).isEmpty());
      again = restartDriver();
    }
    DriverContext context = startAgain(again);
    RpcPlugins.driverPart(client(), again.address().orElseThrow(), plug.name());
    Eventually.awaitEqual(Set.of("1"), context::executors);
  }
}
