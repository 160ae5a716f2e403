// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.plugin;

import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cli.LifeLine;
import io.rpcenv.examples.cli.Listening;
import io.rpcenv.examples.cli.Options;
import io.rpcenv.examples.cli.Program;
import io.rpcenv.plugin.DriverPlugins;
import io.rpcenv.plugin.PluginMessage;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;

/** {@code bin/rpcenv plugin-driver}: the driver part, until it is stopped. */
public final class PluginDriver {

  static final int DEFAULT_PORT = 7778;

  private static final String HELP =
      """
      usage: bin/rpcenv plugin-driver [options]
        --host HOST            address to listen at (127.0.0.1)
        --port PORT            port to listen at, 0: any free one (7778)
        --insecure-bind        allow a --host that others can reach
        --address-file FILE    write host:port to FILE when listening
        --stop-on-eof          end when standard input ends
      """;

  private PluginDriver() {}

  /** Runs the program. */
  public static void main(String[] args) {
    Program.main(args, HELP, PluginDriver::run);
  }

  private static void run(List<String> args, PrintStream out) throws Exception {
    Set<String> flags = Set.of("--insecure-bind", LifeLine.FLAG);
    Options options = Options.parse(args, Listening.NAMES, flags).withoutRest();
    Listening listening = Listening.of(options, DEFAULT_PORT).warn(System.err);
    try (RpcEnv env =
            RpcEnv.builder("driver")
                .listen(listening.host(), listening.port())
                .messages(PluginMessage.class, ScalingMessage.class)
                .build();
        DriverPlugins plugins = DriverPlugins.start(env, List.of(new ScalingPlugin(0, out)))) {
      LifeLine.shutdownAtEnd(options, env);
      Listening.publish(options, env);
      out.println(
          "The driver of " + plugins.running() + " is listening at " + env.address().orElseThrow());
      env.awaitTermination();
    }
  }
}
