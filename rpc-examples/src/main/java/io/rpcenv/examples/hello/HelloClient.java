// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.hello;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcException;
import io.rpcenv.RpcFuture;
import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.Confs;
import io.rpcenv.examples.cli.ExitCode;
import io.rpcenv.examples.cli.Options;
import io.rpcenv.examples.cli.Program;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** {@code bin/rpcenv hello-client}: greets a server and leaves. */
public final class HelloClient {

  private static final String HELP =
      """
      usage: bin/rpcenv hello-client [--server HOST:PORT] [NAME]
        --server HOST:PORT  where the server listens (127.0.0.1:7777)
      """;

  private HelloClient() {}

  /** Runs the program. */
  public static void main(String[] args) {
    Program.main(args, HELP, HelloClient::run);
  }

  private static void run(List<String> args, PrintStream out) throws Exception {
    Options options = Options.parse(args, Set.of("--server"), Set.of());
    RpcAddress server =
        options.address("--server", RpcAddress.of("127.0.0.1", HelloServer.DEFAULT_PORT));
    String name = options.rest().isEmpty() ? "neo" : options.rest().get(0);
    try {
      talk(server, name, out);
    } catch (RpcException e) {
      throw new CommandException(
          ExitCode.UNREACHABLE, e.getMessage() + " (start one: bin/rpcenv hello-server)");
    }
  }

  static void talk(RpcAddress server, String name, PrintStream out) throws Exception {
    // No listen(...): this env opens connections, and nobody can connect to it.
    try (RpcEnv env =
        RpcEnv.builder("client")
            .conf(Confs.quickToFail())
            .messages(SayHi.class, SayBye.class)
            .build()) {
      RpcEndpointRef greeter = env.setupEndpointRef(server, "greeter");
      out.println(greeter.askSync(new SayHi(name))); // blocks

      RpcFuture<String> again = greeter.ask(new SayHi(name), Duration.ofSeconds(3));
      out.println(again.get() + ", again"); // a CompletableFuture

      greeter.send(new SayBye(name)); // does not wait
      greeter.askSync(new SayHi("the last one")); // in order: now SayBye has arrived, too
    }
  }
}
