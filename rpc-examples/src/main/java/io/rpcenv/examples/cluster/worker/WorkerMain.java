// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.Confs;
import io.rpcenv.examples.cli.ExitCode;
import io.rpcenv.examples.cli.LifeLine;
import io.rpcenv.examples.cli.Listening;
import io.rpcenv.examples.cli.Options;
import io.rpcenv.examples.cli.Program;
import io.rpcenv.examples.cluster.protocol.Protocol;
import io.rpcenv.examples.cluster.protocol.WorkerMessage;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** {@code bin/rpcenv worker}. */
public final class WorkerMain {

  private static final int MAX_CORES = 1024;
  private static final RpcAddress MASTER = RpcAddress.of("127.0.0.1", 7077);
  private static final String HELP =
      """
      usage: bin/rpcenv worker [options]
        --master HOST:PORT   where the master listens (127.0.0.1:7077)
        --name NAME          unique in the cluster (worker-HOST-PORT)
        --cores N            how many tasks to run at a time (the machine's cores)
        --host HOST          address to listen at (127.0.0.1)
        --port PORT          port to listen at, 0: any free one (0)
        --insecure-bind      allow a --host that others can reach
        --address-file FILE  write host:port to FILE when listening
        --stop-on-eof        end when standard input ends
      """;

  private WorkerMain() {}

  /** Runs the program. */
  public static void main(String[] args) {
    Program.main(args, HELP, WorkerMain::run);
  }

  private static void run(List<String> args, PrintStream out) throws Exception {
    Options options = options(args);
    int cores =
        options.wholeNumber("--cores", 1, MAX_CORES, Runtime.getRuntime().availableProcessors());
    RpcAddress master = options.address("--master", MASTER);
    Listening listening = Listening.of(options, 0).warn(System.err);
    AtomicReference<@Nullable String> fatal = new AtomicReference<>();
    try (RpcEnv env =
        RpcEnv.builder("worker")
            .listen(listening.host(), listening.port())
            .conf(Confs.quickToFail())
            .messages(Protocol.messages())
            .build()) {
      String name = options.text("--name").orElseGet(() -> defaultName(env));
      WorkerSettings settings = WorkerSettings.of(name, cores, master);
      env.setupEndpoint(
          WorkerMessage.ENDPOINT,
          new Worker(
              settings,
              why -> {
                fatal.set(why);
                env.shutdown();
              }));
      LifeLine.shutdownAtEnd(options, env);
      Listening.publish(options, env);
      out.println("Worker [" + name + "] is listening at " + env.address().orElseThrow());
      env.awaitTermination();
    }
    String why = fatal.get();
    if (why != null) {
      throw new CommandException(ExitCode.UNREACHABLE, why);
    }
  }

  private static String defaultName(RpcEnv env) {
    RpcAddress address = env.address().orElseThrow();
    return "worker-" + address.host() + "-" + address.port();
  }

  private static Options options(List<String> args) throws CommandException {
    Set<String> names = new HashSet<>(Listening.NAMES);
    names.addAll(List.of("--master", "--name", "--cores"));
    Set<String> flags = new HashSet<>(Listening.FLAGS);
    flags.add(LifeLine.FLAG);
    return Options.parse(args, names, flags).withoutRest();
  }
}
