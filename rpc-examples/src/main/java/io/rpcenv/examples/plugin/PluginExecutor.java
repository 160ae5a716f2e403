// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.plugin;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.Confs;
import io.rpcenv.examples.cli.ExitCode;
import io.rpcenv.examples.cli.Options;
import io.rpcenv.examples.cli.Program;
import io.rpcenv.plugin.ExecutorPlugins;
import io.rpcenv.plugin.PluginMessage;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;

/** {@code bin/rpcenv plugin-executor}: an executor part with a value, which it gives and leaves. */
public final class PluginExecutor {

  private static final String HELP =
      """
      usage: bin/rpcenv plugin-executor [--driver HOST:PORT] VALUE
        --driver HOST:PORT  where the driver listens (127.0.0.1:7778)
      """;

  private PluginExecutor() {}

  /** Runs the program. */
  public static void main(String[] args) {
    Program.main(args, HELP, PluginExecutor::run);
  }

  private static void run(List<String> args, PrintStream out) throws Exception {
    Options options = Options.parse(args, Set.of("--driver"), Set.of());
    RpcAddress driver =
        options.address("--driver", RpcAddress.of("127.0.0.1", PluginDriver.DEFAULT_PORT));
    int value = value(options.rest());
    String id = "" + ProcessHandle.current().pid();
    // No listen(...): the driver part reaches this one through the connection that this one opens.
    try (RpcEnv env =
            RpcEnv.builder("executor")
                .conf(Confs.quickToFail())
                .messages(PluginMessage.class, ScalingMessage.class)
                .build();
        ExecutorPlugins plugins =
            ExecutorPlugins.start(env, driver, id, List.of(new ScalingPlugin(value, out)))) {
      if (plugins.running().isEmpty()) {
        throw new CommandException(
            ExitCode.UNREACHABLE,
            "no driver at " + driver + " (start one: bin/rpcenv plugin-driver)");
      }
      out.println("Executor " + id + " has sent its value.");
    }
  }

  private static int value(List<String> rest) throws CommandException {
    if (rest.size() != 1 || !rest.get(0).matches("-?\\d{1,8}")) {
      throw new CommandException(ExitCode.USAGE, "VALUE: " + rest + " (expected: one number)");
    }
    return Integer.parseInt(rest.get(0));
  }
}
