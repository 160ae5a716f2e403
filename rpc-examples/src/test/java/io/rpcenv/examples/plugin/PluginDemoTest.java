// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcConf;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcRemoteException;
import io.rpcenv.plugin.DriverPlugins;
import io.rpcenv.plugin.RpcPlugins;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** PLG-05 in one process. {@code PluginIT} runs it as several. */
@Timeout(30)
class PluginDemoTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  /** PLG-05 */
  @Test
  void theDriverPrintsTenTimesEachValue() throws Exception {
    PluginDemo.run(List.of(), out);
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("final value of executor 4: 40", "final value of executor 5: 50");
  }

  /** PLG-01, PLG-06 */
  @Test
  void isLoadedByItsName() {
    RpcConf conf = RpcConf.builder().set("rpc.plugins", ScalingPlugin.NAME).build();
    try (RpcEnv env = PluginDemo.env();
        DriverPlugins driver =
            DriverPlugins.start(env, RpcPlugins.load(conf, getClass().getClassLoader()))) {
      assertThat(driver.running()).containsExactly(ScalingPlugin.NAME);
      assertThat(driver.metrics()).containsEntry("plugin." + ScalingPlugin.NAME + ".values", 0L);
      assertThat(
              driver
                  .ref(ScalingPlugin.NAME)
                  .askSync(
                      new ScalingMessage.InitialConfigRequest(),
                      ScalingMessage.InitialConfigResponse.class)
                  .factor())
          .isEqualTo(10);
    }
  }

  @Test
  void refusesOtherMessages() {
    try (RpcEnv env = PluginDemo.env();
        DriverPlugins driver = DriverPlugins.start(env, List.of(new ScalingPlugin(1, out)))) {
      assertThatThrownBy(() -> driver.ref(ScalingPlugin.NAME).askSync("x", String.class))
          .isInstanceOf(RpcRemoteException.class)
          .hasMessageContaining("takes no message of class [java.lang.String]");
    }
  }
}
