// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.rpcenv.RetryPolicy;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcException;
import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.Confs;
import io.rpcenv.examples.cli.ExitCode;
import io.rpcenv.examples.cli.Options;
import io.rpcenv.examples.cli.Program;
import io.rpcenv.examples.cluster.Failures;
import io.rpcenv.examples.cluster.protocol.DriverState;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.KillResponse;
import io.rpcenv.examples.cluster.protocol.MasterMessage;
import io.rpcenv.examples.cluster.protocol.MasterMessage.DecommissionWorker;
import io.rpcenv.examples.cluster.protocol.MasterMessage.KillApplication;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestDriverStatus;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestKillDriver;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestMasterState;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.DriverSummary;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.ExecutorSummary;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.WorkerSummary;
import io.rpcenv.examples.cluster.protocol.MasterStatus;
import io.rpcenv.examples.cluster.protocol.Protocol;
import io.rpcenv.examples.cluster.protocol.WorkerMessage;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.RequestThreadDump;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * {@code bin/rpcenv state}, {@code status}, {@code kill}, {@code executors}, {@code dump}: asks a
 * cluster from outside. Opens no port: the answers come back on the connections that it makes.
 */
public final class ClientMain {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration DUMP_TIMEOUT = Duration.ofSeconds(15);
  private static final int MAX_ATTEMPTS = 1000;
  private static final String HELP =
      """
      usage: bin/rpcenv state                 workers, applications and drivers
             bin/rpcenv status DRIVER         how a submitted driver is
             bin/rpcenv kill ID               end an application, a driver, or (when nothing runs
                                              there any more) a worker
             bin/rpcenv executors [APP]       executors, and where they run
             bin/rpcenv dump EXECUTOR         what the threads of an executor are doing
        --master HOST:PORT[,...]  where the masters listen (127.0.0.1:7077)
        --attempts N              state: ask so often before giving up (3)
        --interval TIME           state: pause between two attempts (1s)
        --timeout TIME            state: wait so long for an answer (5s)
      exit codes: 0 done, 1 no such thing or it failed, 2 bad option, 3 no master there
      """;

  private ClientMain() {}

  /** Runs the program. */
  public static void main(String[] args) {
    Program.main(args, HELP, ClientMain::run);
  }

  static void run(List<String> args, PrintStream out) throws Exception {
    Options options =
        Options.parse(
            args, Set.of(Masters.OPTION, "--attempts", "--interval", "--timeout"), Set.of());
    List<String> rest = options.rest();
    String command = rest.isEmpty() ? "nothing" : rest.get(0);
    boolean takesNone = command.equals("state") || (command.equals("executors") && rest.size() < 2);
    if (rest.size() != (takesNone ? 1 : 2)) {
      throw CommandException.usage(
          command, rest.size() - 1 + " arguments", takesNone ? "none" : "one, see --help");
    }
    List<RpcAddress> addresses = Masters.addresses(options);
    RetryPolicy policy = policy(options);
    try (RpcEnv env =
        RpcEnv.builder("client").conf(Confs.quickToFail()).messages(Protocol.messages()).build()) {
      if (command.equals("state")) {
        printState(state(env, addresses, policy), out);
        return;
      }
      Masters.Leader leader = new Masters(env, addresses).find(PATIENCE);
      switch (command) {
        case "status" -> status(leader, rest.get(1), out);
        case "kill" -> kill(leader, rest.get(1), out);
        case "executors" -> executors(leader.state(), rest, out);
        case "dump" -> dump(env, leader.state(), rest.get(1), out);
        default ->
            throw CommandException.usage(
                "command", command, "state, status, kill, executors or dump");
      }
    } catch (RpcException e) {
      throw new CommandException(ExitCode.UNREACHABLE, Failures.text(e));
    }
  }

  private static RetryPolicy policy(Options options) throws CommandException {
    return RetryPolicy.attempts(options.wholeNumber("--attempts", 1, MAX_ATTEMPTS, 3))
        .withInterval(options.duration("--interval", Duration.ofSeconds(1)))
        .withAttemptTimeout(options.duration("--timeout", Duration.ofSeconds(5)))
        .asIdempotent();
  }

  /**
   * Asks all masters at the same time, each as often as the policy says. The first that leads
   * counts, whatever the others do; if none does, a standby.
   */
  static MasterStateResponse state(RpcEnv env, List<RpcAddress> addresses, RetryPolicy policy)
      throws CommandException, InterruptedException {
    List<CompletableFuture<MasterStateResponse>> answers =
        addresses.stream().map(address -> ask(env, address, policy)).toList();
    CompletableFuture<MasterStateResponse> leader = new CompletableFuture<>();
    CompletableFuture<?>[] heard =
        answers.stream()
            .map(
                answer -> answer.handle((state, failure) -> leads(state) && leader.complete(state)))
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.anyOf(leader, CompletableFuture.allOf(heard)).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("no future of these fails", e);
    }
    MasterStateResponse first = leader.getNow(null);
    return first == null ? standby(addresses, answers) : first;
  }

  private static boolean leads(@Nullable MasterStateResponse state) {
    return state != null && state.status() != MasterStatus.STANDBY;
  }

  private static MasterStateResponse standby(
      List<RpcAddress> addresses, List<CompletableFuture<MasterStateResponse>> answers)
      throws CommandException {
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      try {
        return answers.get(i).join();
      } catch (CompletionException e) {
        String why = e.getCause() instanceof TimeoutException ? "it is silent" : Failures.text(e);
        failures.add("no answer from " + addresses.get(i) + ": " + why);
      }
    }
    throw new CommandException(ExitCode.UNREACHABLE, String.join("; ", failures));
  }

  private static CompletableFuture<MasterStateResponse> ask(
      RpcEnv env, RpcAddress address, RetryPolicy policy) {
    return find(env, address, policy)
        .thenCompose(master -> master.askWithRetry(new RequestMasterState(), policy));
  }

  /** The master's process may still be starting: to find it is tried as often as to ask it. */
  private static CompletableFuture<RpcEndpointRef> find(
      RpcEnv env, RpcAddress address, RetryPolicy policy) {
    Duration timeout = policy.attemptTimeout();
    Executor later = CompletableFuture.delayedExecutor(policy.interval().toMillis(), MILLISECONDS);
    CompletableFuture<RpcEndpointRef> found = find(env, address, timeout);
    for (int attempt = 2; attempt <= policy.attempts(); attempt++) {
      found = found.exceptionallyComposeAsync(failure -> find(env, address, timeout), later);
    }
    return found;
  }

  /** Also a connection that is not refused and not made, or is made and stays silent, times out. */
  private static CompletableFuture<RpcEndpointRef> find(
      RpcEnv env, RpcAddress address, Duration timeout) {
    return env.asyncSetupEndpointRefByURI(
            RpcEndpointAddress.of(address, MasterMessage.ENDPOINT).toString())
        .thenApply(ref -> ref) // only the waiting ends, not the connecting
        .orTimeout(timeout.toMillis(), MILLISECONDS);
  }

  private static void printState(MasterStateResponse state, PrintStream out) {
    out.println("master: " + state.status() + ", epoch " + state.epoch());
    for (WorkerSummary w : state.workers()) {
      out.printf(
          "worker %s: %s, at %s, %d of %d cores and %d of %d MiB used, %d executor(s)%n",
          w.id(),
          w.state(),
          w.address(),
          w.coresUsed(),
          w.cores(),
          w.memoryUsed(),
          w.memory(),
          w.executors());
    }
    state
        .activeApps()
        .forEach(
            app ->
                out.printf(
                    "application %s: %s, %s, %d core(s), since %s%n",
                    app.id(), app.state(), app.name(), app.cores(), app.startTime()));
    state
        .completedApps()
        .forEach(app -> out.printf("application %s: %s, %s%n", app.id(), app.state(), app.name()));
    state.activeDrivers().forEach(driver -> out.println(text(driver)));
    state.completedDrivers().forEach(driver -> out.println(text(driver)));
  }

  /** Returns a driver as a line for people. */
  static String text(DriverSummary driver) {
    return "driver "
        + driver.id()
        + ": "
        + driver.state()
        + (driver.workerId().isEmpty() ? "" : " on " + driver.workerId())
        + (driver.message().isEmpty() ? "" : ", " + driver.message());
  }

  private static void status(Masters.Leader leader, String id, PrintStream out)
      throws CommandException {
    DriverSummary driver =
        leader
            .ref()
            .askSync(new RequestDriverStatus(id))
            .driver()
            .orElseThrow(
                () -> new CommandException(ExitCode.FAILED, "no driver [" + id + "] is known"));
    out.println(text(driver));
    if (driver.state() == DriverState.FAILED || driver.state() == DriverState.ERROR) {
      throw new CommandException(ExitCode.FAILED, "the driver did not end well");
    }
  }

  private static void kill(Masters.Leader leader, String id, PrintStream out)
      throws CommandException {
    MasterStateResponse state = leader.state();
    RpcEndpointRef master = leader.ref();
    KillResponse response;
    if (state.workers().stream().anyMatch(worker -> worker.id().equals(id))) {
      response = master.askSync(new DecommissionWorker(id));
    } else if (id.startsWith("app-")) {
      response = master.askSync(new KillApplication(id));
    } else {
      response = master.askSync(new RequestKillDriver(id));
    }
    if (!response.success()) {
      throw new CommandException(ExitCode.FAILED, response.message());
    }
    out.println(response.message());
  }

  private static void executors(MasterStateResponse state, List<String> rest, PrintStream out)
      throws CommandException {
    Optional<String> wanted = rest.size() > 1 ? Optional.of(rest.get(1)) : Optional.empty();
    if (wanted.isPresent()
        && state.activeApps().stream().noneMatch(app -> app.id().equals(wanted.get()))) {
      throw new CommandException(
          ExitCode.FAILED, "no application [" + wanted.get() + "] is running");
    }
    executors(state).stream()
        .filter(executor -> wanted.isEmpty() || executor.id().appId().equals(wanted.get()))
        .forEach(
            executor ->
                out.printf(
                    "executor %s: %s on %s, %d core(s)%n",
                    executor.id(), executor.state(), executor.workerId(), executor.cores()));
  }

  private static List<ExecutorSummary> executors(MasterStateResponse state) {
    return state.activeApps().stream().flatMap(app -> app.executors().stream()).toList();
  }

  private static void dump(RpcEnv env, MasterStateResponse state, String id, PrintStream out)
      throws CommandException {
    ExecutorSummary executor =
        executors(state).stream()
            .filter(candidate -> candidate.id().toString().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    new CommandException(
                        ExitCode.FAILED,
                        "no executor [" + id + "] is running (see: bin/rpcenv executors)"));
    out.print(threadDump(env, state, executor.workerId(), executor.id()));
  }

  private static String threadDump(
      RpcEnv env, MasterStateResponse state, String workerId, ExecutorId executor)
      throws CommandException {
    WorkerSummary worker =
        state.workers().stream()
            .filter(candidate -> candidate.id().equals(workerId))
            .findFirst()
            .orElseThrow(
                () -> new CommandException(ExitCode.FAILED, "worker " + workerId + " is gone"));
    RpcEndpointRef ref =
        env.setupEndpointRef(RpcAddress.parse(worker.address()), WorkerMessage.ENDPOINT);
    return ref.askSync(new RequestThreadDump(executor), DUMP_TIMEOUT);
  }
}
