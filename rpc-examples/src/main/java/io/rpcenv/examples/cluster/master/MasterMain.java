// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.master;

import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.Confs;
import io.rpcenv.examples.cli.LifeLine;
import io.rpcenv.examples.cli.Listening;
import io.rpcenv.examples.cli.Options;
import io.rpcenv.examples.cli.Program;
import io.rpcenv.examples.cluster.protocol.MasterMessage;
import io.rpcenv.examples.cluster.protocol.Protocol;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code bin/rpcenv master}. */
public final class MasterMain {

  /** Where a master listens if nothing else is said. */
  public static final int DEFAULT_PORT = 7077;

  private static final Duration WORKER_TIMEOUT = Duration.ofSeconds(10);
  private static final String HELP =
      """
      usage: bin/rpcenv master [options]
        --host HOST            address to listen at (127.0.0.1)
        --port PORT            port to listen at, 0: any free one (7077)
        --worker-timeout TIME  a worker silent for longer is taken for dead (10s)
        --insecure-bind        allow a --host that others can reach
        --address-file FILE    write host:port to FILE when listening
        --stop-on-eof          end when standard input ends
      """;

  private MasterMain() {}

  /** Runs the program. */
  public static void main(String[] args) {
    Program.main(args, HELP, MasterMain::run);
  }

  private static void run(List<String> args, PrintStream out) throws Exception {
    Options options = options(args);
    MasterSettings settings = new MasterSettings(timeout(options));
    Listening listening = Listening.of(options, DEFAULT_PORT).warn(System.err);
    try (RpcEnv env =
        RpcEnv.builder("master")
            .listen(listening.host(), listening.port())
            .conf(Confs.quickToFail())
            .messages(Protocol.messages())
            .build()) {
      env.setupEndpoint(MasterMessage.ENDPOINT, new Master(settings, System::nanoTime));
      LifeLine.shutdownAtEnd(options, env);
      Listening.publish(options, env);
      out.println("Master is listening at " + env.address().orElseThrow());
      env.awaitTermination();
    }
  }

  private static Options options(List<String> args) throws CommandException {
    Set<String> names = new HashSet<>(Listening.NAMES);
    names.add("--worker-timeout");
    Set<String> flags = new HashSet<>(Listening.FLAGS);
    flags.add(LifeLine.FLAG);
    return Options.parse(args, names, flags).withoutRest();
  }

  private static Duration timeout(Options options) throws CommandException {
    Duration timeout = options.duration("--worker-timeout", WORKER_TIMEOUT);
    if (timeout.compareTo(MasterSettings.MIN_WORKER_TIMEOUT) < 0) {
      throw CommandException.usage("--worker-timeout", timeout.toMillis() + "ms", "at least 100ms");
    }
    return timeout;
  }
}
