// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcException;
import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.Confs;
import io.rpcenv.examples.cli.ExitCode;
import io.rpcenv.examples.cli.Listening;
import io.rpcenv.examples.cli.Options;
import io.rpcenv.examples.cluster.Failures;
import io.rpcenv.examples.cluster.client.ClientEndpoint;
import io.rpcenv.examples.cluster.client.Masters;
import io.rpcenv.examples.cluster.protocol.DriverDescription;
import io.rpcenv.examples.cluster.protocol.DriverState;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.DriverSummary;
import io.rpcenv.examples.cluster.protocol.Protocol;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.jar.JarFile;
import java.util.zip.ZipException;

/** {@code bin/rpcenv submit --deploy-mode cluster}: the driver runs on a worker, not here. */
final class ClusterDeploy {

  static final Set<String> NAMES =
      Set.of("--deploy-mode", "--driver-memory", "--driver-cores", "--jar", "--main-class");
  static final Set<String> FLAGS = Set.of("--supervise", "--follow");

  private static final int DEFAULT_MEMORY = 256;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration WITHOUT_MASTER = Duration.ofMinutes(1);

  private ClusterDeploy() {}

  /** Reads the option. */
  static boolean isWanted(Options options) throws CommandException {
    String mode = options.text("--deploy-mode").orElse("client");
    return switch (mode) {
      case "client" -> false;
      case "cluster" -> true;
      default -> throw CommandException.usage("--deploy-mode", mode, "client or cluster");
    };
  }

  /**
   * Submits a driver and waits until it has started, or ended.
   *
   * @param arguments of the driver's main class
   */
  static void run(Options options, List<String> arguments, Duration wait, PrintStream out)
      throws Exception {
    Optional<Path> jar = options.text("--jar").map(Path::of);
    boolean follow = options.has("--follow");
    if (jar.isPresent()) {
      if (options.has("--supervise") && !follow) {
        throw CommandException.usage(
            "--supervise",
            "with --jar",
            "--follow as well: another worker gets the jar from this process");
      }
      requireJar(jar.get());
    }
    List<RpcAddress> addresses = Masters.addresses(options);
    Listening listening = Listening.of(options, 0).warn(System.err);
    RpcEnv.Builder builder =
        RpcEnv.builder("client").conf(Confs.quickToFail()).messages(Protocol.messages());
    if (jar.isPresent()) {
      builder.listen(listening.host(), listening.port()); // the worker fetches the jar here
    }
    try (RpcEnv env = builder.build()) {
      Masters masters = new Masters(env, addresses);
      DriverDescription driver =
          new DriverDescription(
              jar.map(file -> env.fileServer().addJar(file)),
              options.text("--main-class").orElse(SubmitMain.class.getName()),
              arguments,
              options.wholeNumber("--driver-cores", 1, Integer.MAX_VALUE, 1),
              options.mebibytes("--driver-memory", DriverDescription.MIN_MEMORY, DEFAULT_MEMORY),
              options.has("--supervise"));
      ClientEndpoint client =
          new ClientEndpoint(
              masters,
              WITHOUT_MASTER,
              masters.find(PATIENCE).ref(),
              driver,
              state -> state.isFinished() || (!follow && state == DriverState.RUNNING),
              summary -> System.err.println(text(summary)));
      env.setupEndpoint(ClientEndpoint.ENDPOINT, client);
      report(follow ? client.result().get() : awaitStart(client, wait, jar), out);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof CommandException known ? known : e;
    } catch (RpcException e) {
      throw new CommandException(ExitCode.UNREACHABLE, Failures.text(e));
    }
  }

  private static DriverSummary awaitStart(ClientEndpoint client, Duration wait, Optional<Path> jar)
      throws CommandException, InterruptedException, ExecutionException {
    try {
      return client.result().get(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      if (jar.isPresent()) {
        return withdraw(client);
      }
      throw notStarted("it stays submitted (see: bin/rpcenv state)");
    }
  }

  private static CommandException notStarted(String what) {
    return new CommandException(ExitCode.NO_WORKERS, "the driver has not started yet; " + what);
  }

  /** Nobody could fetch the jar when this process has ended. */
  private static DriverSummary withdraw(ClientEndpoint client)
      throws CommandException, InterruptedException, ExecutionException {
    client.withdraw();
    try {
      DriverSummary summary = client.result().get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
      if (summary.state() != DriverState.KILLED) {
        return summary; // it started, or ended by itself, at the last moment
      }
      throw notStarted("it was withdrawn, because its jar is here");
    } catch (TimeoutException e) {
      throw notStarted(
          "it could not be withdrawn, but will not find its jar (see: bin/rpcenv state)");
    }
  }

  private static void report(DriverSummary driver, PrintStream out) throws CommandException {
    out.println(driver.id());
    if (driver.state().isFinished() && driver.state() != DriverState.FINISHED) {
      throw new CommandException(ExitCode.FAILED, text(driver));
    }
  }

  private static String text(DriverSummary driver) {
    return "driver "
        + driver.id()
        + " is "
        + driver.state()
        + (driver.workerId().isEmpty() ? "" : " on " + driver.workerId())
        + (driver.message().isEmpty() ? "" : ": " + driver.message());
  }

  private static void requireJar(Path file) throws Exception {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw CommandException.usage("--jar", file.toString(), "a file that can be read");
    }
    try (JarFile jar = new JarFile(file.toFile())) {
      jar.entries();
    } catch (ZipException e) {
      throw CommandException.usage("--jar", file.toString(), "a jar");
    }
  }

  /** Returns the arguments of {@code submit} for the driver: without what is about this process. */
  static List<String> driverArguments(Options options, List<RpcAddress> masters)
      throws CommandException {
    List<String> kept = new ArrayList<>();
    kept.add(Masters.OPTION + "=" + Masters.text(masters));
    kept.add(DriverDescription.LISTENING);
    for (String name : SubmitMain.APPLICATION_NAMES) {
      options.text(name).ifPresent(value -> kept.add(name + "=" + value));
    }
    kept.addAll(JobArguments.forElsewhere(options));
    return kept;
  }
}
