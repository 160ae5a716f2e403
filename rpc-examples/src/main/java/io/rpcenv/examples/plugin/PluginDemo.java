// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.plugin;

import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cli.Options;
import io.rpcenv.examples.cli.Program;
import io.rpcenv.plugin.DriverPlugins;
import io.rpcenv.plugin.ExecutorPlugins;
import io.rpcenv.plugin.PluginMessage;
import io.rpcenv.plugin.RpcPlugin;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;

/** {@code bin/rpcenv plugin}: driver and two executors in one process, without a network. */
public final class PluginDemo {

  private static final String HELP = "usage: bin/rpcenv plugin\n";

  private PluginDemo() {}

  /** Runs the program. */
  public static void main(String[] args) {
    Program.main(args, HELP, PluginDemo::run);
  }

  static void run(List<String> args, PrintStream out) throws Exception {
    Options.parse(args, Set.of(), Set.of()).withoutRest();
    try (RpcEnv env = env();
        DriverPlugins driver = DriverPlugins.start(env, List.of(new ScalingPlugin(0, out)))) {
      for (int value = 4; value <= 5; value++) {
        List<RpcPlugin> plugins = List.of(new ScalingPlugin(value, out));
        ExecutorPlugins.start(env, driver, "" + value, plugins).close();
      }
    }
  }

  static RpcEnv env() {
    return RpcEnv.builder("plugin").messages(PluginMessage.class, ScalingMessage.class).build();
  }
}
