// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.executor;

import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcException;
import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.Confs;
import io.rpcenv.examples.cli.ExitCode;
import io.rpcenv.examples.cli.LifeLine;
import io.rpcenv.examples.cli.Listening;
import io.rpcenv.examples.cli.Options;
import io.rpcenv.examples.cli.Program;
import io.rpcenv.examples.cluster.Failures;
import io.rpcenv.examples.cluster.client.Masters;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.ExecutorState;
import io.rpcenv.examples.cluster.protocol.MasterMessage.ExecutorStateChanged;
import io.rpcenv.examples.cluster.protocol.Protocol;
import io.rpcenv.examples.cluster.protocol.WatcherMessage;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.ExecutorEnding;
import io.rpcenv.examples.cluster.web.Reporter;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/**
 * The process of one executor. A worker starts it, and it ends with that worker: its standard input
 * is a pipe that only the worker holds, and {@link WorkerWatcher} watches the connection. Its exit
 * code is 0 if it was told to end.
 */
public final class ExecutorMain {

  private static final Duration GOODBYE_TIMEOUT = Duration.ofSeconds(5);
  private static final Set<String> NAMES =
      Set.of("--app", "--number", "--worker-id", "--worker", "--driver", "--cores", Masters.OPTION);
  private static final String HELP =
      "usage: started by a worker (see: bin/rpcenv worker --help), not by hand\n";

  private ExecutorMain() {}

  /** Runs the program. */
  public static void main(String[] args) {
    Program.main(args, HELP, ExecutorMain::run);
  }

  static void run(List<String> args, PrintStream out) throws Exception {
    Options options = options(args);
    ExecutorId id =
        new ExecutorId(
            required(options, "--app"), options.wholeNumber("--number", 0, Integer.MAX_VALUE, 0));
    int cores = options.wholeNumber("--cores", 1, Integer.MAX_VALUE, 1);
    String workerId = required(options, "--worker-id");
    Listening listening = Listening.of(options, 0);
    LifeLine.atEnd(options, () -> halt("the worker has ended"));
    CompletableFuture<ExecutorStateChanged> end = new CompletableFuture<>();
    try (RpcEnv env =
        RpcEnv.builder("executor")
            .listen(listening.host(), listening.port())
            .conf(Confs.quickToFail())
            .messages(Protocol.messages())
            .build()) {
      // A worker that kills it does so by a signal, and a little later by a stronger one.
      Runtime.getRuntime().addShutdownHook(new Thread(env::close, "shutdown"));
      RpcEndpointRef worker = find(env, "worker", required(options, "--worker"));
      env.setupEndpoint(
          WatcherMessage.ENDPOINT, new WorkerWatcher(worker, Optional.of(id), ExecutorMain::halt));
      try (Reporter reporter =
          Reporter.start(env, "executor", id + " on " + workerId, Masters.addresses(options))) {
        // Where the worker has this process write, see ChildJvm.
        reporter.addLog("stdout", Path.of("stdout"));
        reporter.addLog("stderr", Path.of("stderr"));
        Function<RpcEndpointRef, RpcEndpoint> backend =
            driver ->
                new CoarseGrainedExecutorBackend(
                    id,
                    workerId,
                    cores,
                    driver,
                    change -> report(change, worker, end),
                    plugins -> reporter.pluginMetrics(plugins::metrics));
        begin(env, id, required(options, "--driver"), backend)
            .ifPresent(why -> end.complete(new ExecutorStateChanged(id, ExecutorState.LOST, why)));
        out.println("Executor " + id + " runs at " + env.address().orElseThrow());
        sayGoodbye(worker, end);
      }
    }
  }

  /** Begins to work for a driver; returns why not, if that cannot be reached. */
  private static Optional<String> begin(
      RpcEnv env, ExecutorId id, String driver, Function<RpcEndpointRef, RpcEndpoint> backend) {
    try {
      env.setupEndpoint(id.endpointName(), backend.apply(find(env, "driver", driver)));
      return Optional.empty();
    } catch (CommandException e) {
      return Optional.of(Failures.text(e));
    }
  }

  private static void report(
      ExecutorStateChanged change,
      RpcEndpointRef worker,
      CompletableFuture<ExecutorStateChanged> end) {
    if (change.state().isFinished()) {
      end.complete(change);
    } else {
      worker.send(change);
    }
  }

  /** Waits for the end, and tells the worker of it. */
  private static void sayGoodbye(RpcEndpointRef worker, CompletableFuture<ExecutorStateChanged> end)
      throws InterruptedException, ExecutionException, CommandException {
    ExecutorStateChanged how = end.get();
    worker.askSync(new ExecutorEnding(how.executor(), how.state(), how.message()), GOODBYE_TIMEOUT);
    if (how.state() != ExecutorState.KILLED) {
      throw new CommandException(ExitCode.FAILED, how.message());
    }
  }

  private static RpcEndpointRef find(RpcEnv env, String who, String uri) throws CommandException {
    try {
      return env.setupEndpointRefByURI(uri);
    } catch (RpcException e) {
      throw new CommandException(
          ExitCode.UNREACHABLE, "cannot reach the " + who + " at " + uri + ": " + e.getMessage());
    }
  }

  /** Nobody is left who would care how this process ends, so nothing is waited for. */
  private static void halt(String why) {
    try {
      System.err.println("This executor ends: " + why);
    } finally { // also if there is no memory for words
      Runtime.getRuntime().halt(ExitCode.UNREACHABLE.number());
    }
  }

  private static String required(Options options, String name) throws CommandException {
    return options
        .text(name)
        .orElseThrow(() -> CommandException.usage(name, "nothing", "given by the worker"));
  }

  private static Options options(List<String> args) throws CommandException {
    Set<String> names = new HashSet<>(Listening.NAMES);
    names.addAll(NAMES);
    Set<String> flags = new HashSet<>(Listening.FLAGS);
    flags.add(LifeLine.FLAG);
    return Options.parse(args, names, flags).withoutRest();
  }
}
