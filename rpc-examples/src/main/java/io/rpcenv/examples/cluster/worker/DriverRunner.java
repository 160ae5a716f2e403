// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvStoppedException;
import io.rpcenv.RpcException;
import io.rpcenv.examples.cli.Listening;
import io.rpcenv.examples.cluster.protocol.DriverDescription;
import io.rpcenv.examples.cluster.protocol.DriverState;
import io.rpcenv.examples.cluster.protocol.MasterMessage.DriverStateChanged;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.LaunchDriver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One driver that was submitted to the cluster, in a JVM of its own. A supervised one that fails is
 * started again, each time after a longer pause.
 */
final class DriverRunner {

  private static final Logger LOG = LoggerFactory.getLogger(DriverRunner.class);
  private static final long MAX_PAUSE_SECONDS = 60;
  private static final Duration A_GOOD_WHILE = Duration.ofSeconds(60);

  private final String id;
  private final int attempt;
  private final DriverDescription description;
  private final Path folder;
  private final RpcEnv env;
  private final RpcEndpointRef worker;
  private final CompletableFuture<Void> killed = new CompletableFuture<>();
  private final CompletableFuture<Void> abandoned = new CompletableFuture<>();

  /**
   * Makes a runner.
   *
   * @param order what to run
   * @param folder where; exists
   * @param env the worker's, that fetches the jar
   * @param worker told when it runs, and once when and how it has ended for good
   */
  DriverRunner(LaunchDriver order, Path folder, RpcEnv env, RpcEndpointRef worker) {
    this.id = order.driverId();
    this.attempt = order.attempt();
    this.description = order.description();
    this.folder = folder;
    this.env = env;
    this.worker = worker;
  }

  int attempt() {
    return attempt;
  }

  void start() {
    Thread thread = new Thread(this::run, "driver-" + id);
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends it, soon. Its end is reported as {@link DriverState#KILLED}. */
  void kill() {
    killed.complete(null);
  }

  /** Ends it at once, because the worker ends. */
  void abandon() {
    killed.complete(null);
    abandoned.complete(null);
  }

  private void run() {
    DriverStateChanged end;
    try {
      end = runUntilItEnds();
    } catch (IOException | RpcException e) {
      LOG.warn("Driver [{}] cannot be started", id, e);
      end = changed(DriverState.ERROR, "cannot be started: " + text(e));
    } catch (InterruptedException | ExecutionException | RuntimeException e) {
      LOG.error("Driver [{}] is lost", id, e);
      end = changed(DriverState.ERROR, e.toString());
    }
    try {
      worker.send(end);
    } catch (RpcEnvStoppedException e) {
      LOG.info("Driver [{}] ended with its worker", id);
    }
  }

  private DriverStateChanged changed(DriverState state, String message) {
    return new DriverStateChanged(id, attempt, state, message);
  }

  private static String text(Exception e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  private DriverStateChanged runUntilItEnds()
      throws IOException, InterruptedException, ExecutionException {
    Optional<Path> jar = description.jar().isEmpty() ? Optional.empty() : Optional.of(fetchJar());
    long pause = 1;
    while (!killed.isDone()) {
      long startedAt = System.nanoTime();
      ChildJvm process = ChildJvm.start(spec(jar));
      LOG.info("Driver [{}] is process {} in {}", id, process.pid(), folder);
      int exitCode = awaitEnd(process);
      if (killed.isDone()) {
        break;
      } else if (exitCode == 0) {
        return changed(DriverState.FINISHED, "exit code 0");
      } else if (!description.supervise()) {
        return changed(DriverState.FAILED, process.describeEnd(exitCode));
      }
      String why = process.describeEnd(exitCode);
      LOG.warn("Driver [{}] is started again in {} s: {}", id, pause, why);
      worker.send(changed(DriverState.RELAUNCHING, why));
      boolean ranWell = System.nanoTime() - startedAt > A_GOOD_WHILE.toNanos();
      awaitKill(ranWell ? 1 : pause);
      pause = ranWell ? 1 : Math.min(2 * pause, MAX_PAUSE_SECONDS);
    }
    return changed(DriverState.KILLED, "somebody asked for that");
  }

  private int awaitEnd(ChildJvm process) throws InterruptedException, ExecutionException {
    var unused = killed.thenRun(process::kill);
    var unusedEither = abandoned.thenRun(process::killAtOnce);
    return process.exitCode().get();
  }

  private void awaitKill(long seconds) throws InterruptedException, ExecutionException {
    try {
      killed.get(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      // The pause is over.
    }
  }

  private ChildJvm.Spec spec(Optional<Path> jar) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add(ChildExecutors.uri(worker));
    arguments.add(id);
    arguments.add(Integer.toString(attempt));
    arguments.add(description.mainClass());
    boolean asArgument = false;
    for (String argument : description.arguments()) {
      if (argument.equals(DriverDescription.LISTENING)) {
        arguments.addAll(Listening.arguments(env.address().orElseThrow().host()));
        continue;
      }
      asArgument |= jar.isPresent() && argument.contains(DriverDescription.JAR);
      arguments.add(
          jar.map(file -> argument.replace(DriverDescription.JAR, file.toString()))
              .orElse(argument));
    }
    return new ChildJvm.Spec(
        "driver",
        folder,
        description.cores(),
        description.memory(),
        asArgument ? Optional.empty() : jar,
        DriverWrapper.class.getName(),
        arguments);
  }

  private Path fetchJar() throws IOException {
    return JarFetcher.fetch(description.jar().orElseThrow(), folder, env);
  }
}
