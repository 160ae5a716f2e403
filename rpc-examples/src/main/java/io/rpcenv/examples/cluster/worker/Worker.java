// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.examples.cluster.Failures;
import io.rpcenv.examples.cluster.ThreadDump;
import io.rpcenv.examples.cluster.Ticks;
import io.rpcenv.examples.cluster.protocol.DriverState;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.ExecutorState;
import io.rpcenv.examples.cluster.protocol.MasterMessage.DriverStateChanged;
import io.rpcenv.examples.cluster.protocol.MasterMessage.ExecutorStateChanged;
import io.rpcenv.examples.cluster.protocol.MasterMessage.Heartbeat;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RunningExecutor;
import io.rpcenv.examples.cluster.protocol.MasterMessage.WorkerSchedulerStateResponse;
import io.rpcenv.examples.cluster.protocol.MasterMessage.WorkerWork;
import io.rpcenv.examples.cluster.protocol.RegisterWorkerResponse.RegisterWorkerFailed;
import io.rpcenv.examples.cluster.protocol.RegisterWorkerResponse.RegisteredWorker;
import io.rpcenv.examples.cluster.protocol.WatcherMessage.TriggerThreadDump;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.Decommission;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.DriverStarted;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.ExecutorAttached;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.ExecutorEnding;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.KillDriver;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.KillExecutor;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.LaunchDriver;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.LaunchExecutor;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.MasterChanged;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.Order;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.ReconnectWorker;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.RequestThreadDump;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.ReregisterWithMaster;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.SendHeartbeat;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.WorkDirCleanup;
import io.rpcenv.examples.cluster.worker.MasterLink.Attempt;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers with the master that leads, stays in touch with it, and runs executors and drivers on
 * its order.
 */
public final class Worker extends RpcEndpoint {

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Duration DUMP_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration MAX_CLEANUP_INTERVAL = Duration.ofSeconds(30);
  private static final Duration MIN_CLEANUP_INTERVAL = Duration.ofMillis(100);
  private static final int REMEMBERED_DRIVERS = 100;

  private final WorkerSettings settings;
  private final ExecutorLauncher launcher;
  private final Optional<WorkDir> workDir;
  private final Ends ends;
  private final MasterLink link;
  private final Map<ExecutorId, Executor> executors = new LinkedHashMap<>();
  private final Map<String, DriverRunner> drivers = new LinkedHashMap<>();
  // Said again to each new master, for it may not have been there when they ended.
  private final Map<String, DriverStateChanged> endedDrivers = new LinkedHashMap<>();
  private final List<ExecutorStateChanged> endedExecutors = new ArrayList<>(); // unheard
  private String files = "";
  private boolean decommissioned;
  private boolean ending;
  private Optional<Duration> heartbeatInterval = Optional.empty();
  private Optional<RegisterWorkerFailed> refusal = Optional.empty(); // in this round
  private final Ticks ticks = new Ticks(this::self);

  /** How the worker's process should end. Called on the endpoint's thread, one of them, once. */
  public interface Ends {

    /**
     * The worker cannot be part of the cluster.
     *
     * @param why for people
     */
    void failed(String why);

    /** The worker was decommissioned, and nothing runs on it any more. */
    void decommissioned();
  }

  /** What an executor of this worker is. */
  private record Executor(
      LaunchExecutor order, ExecutorLauncher.Handle handle, Optional<RpcEndpointRef> process) {}

  /**
   * Makes a worker.
   *
   * @param settings who it is
   * @param launcher how it starts executors
   * @param workDir where drivers and executors work; empty: it runs no drivers, and its executors
   *     leave nothing behind
   * @param ends what to do in the end
   */
  public Worker(
      WorkerSettings settings, ExecutorLauncher launcher, Optional<WorkDir> workDir, Ends ends) {
    this.settings = settings;
    this.launcher = launcher;
    this.workDir = workDir;
    this.ends = ends;
    this.link = new MasterLink(settings);
  }

  /** Returns how many orders of deposed masters were refused. May be called on any thread. */
  public long refusedOrders() {
    return link.refusedOrders();
  }

  @Override
  public void onStart() {
    workDir.ifPresent(this::serve);
    register();
  }

  private void serve(WorkDir folder) {
    files = rpcEnv().fileServer().addDirectory("/work", folder.root());
    Duration keep = folder.keep();
    Duration interval = keep.compareTo(MAX_CLEANUP_INTERVAL) < 0 ? keep : MAX_CLEANUP_INTERVAL;
    ticks.every(
        interval.compareTo(MIN_CLEANUP_INTERVAL) < 0 ? MIN_CLEANUP_INTERVAL : interval,
        new WorkDirCleanup());
  }

  /** Nothing that was started here outlives the worker. */
  @Override
  public void onStop() {
    ticks.close();
    executors.values().forEach(executor -> executor.handle().abandon());
    drivers.values().forEach(DriverRunner::abandon);
  }

  @Override
  public void receive(Object message) throws Exception {
    if (message instanceof Order order) {
      obey(order);
    } else if (message instanceof SendHeartbeat) {
      link.master().ifPresent(m -> m.send(new Heartbeat(settings.id(), self())));
    } else if (message instanceof Attempt.Answered m) {
      answered(m);
    } else if (message instanceof Attempt.Failed m) {
      notRegistered(m.round(), m.why());
    } else if (message instanceof ReregisterWithMaster) {
      if (link.isPausing()) {
        register();
      }
    } else if (message instanceof ExecutorStateChanged m) {
      executorChanged(m);
    } else if (message instanceof ExecutorAttached m) {
      executors.computeIfPresent(m.executor(), (id, known) -> attached(known, m.process()));
    } else if (message instanceof DriverStateChanged m) {
      driverChanged(m);
    } else if (message instanceof WorkDirCleanup) {
      workDir.ifPresent(folder -> folder.cleanUp(this::isInUse));
    } else {
      super.receive(message);
    }
  }

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    if (message instanceof ExecutorEnding m) {
      Executor executor = executors.get(m.executor());
      if (executor != null) {
        executor.handle().ending(m.state(), m.message());
      }
      call.reply(true);
    } else if (message instanceof DriverStarted m) {
      driverChanged(
          new DriverStateChanged(
              m.driverId(), m.attempt(), DriverState.RUNNING, "process " + m.pid()));
      call.reply(true);
    } else if (message instanceof RequestThreadDump m) {
      dump(m.executor(), call);
    } else {
      super.receiveAndReply(message, call);
    }
  }

  @Override
  public void onDisconnected(RpcAddress peer) {
    if (link.master().flatMap(RpcEndpointRef::address).filter(peer::equals).isPresent()) {
      lostMaster("it disconnected");
    }
  }

  private void obey(Order order) {
    if (link.isDeposed(order.epoch(), order)) {
      return;
    }
    if (order instanceof ReconnectWorker) {
      lostMaster("it asked this worker to register again");
    } else if (order instanceof MasterChanged m) {
      masterChanged(m);
    } else if (order instanceof LaunchExecutor m) {
      launch(m);
    } else if (order instanceof KillExecutor m) {
      kill(m.executor());
    } else if (order instanceof LaunchDriver m) {
      launchDriver(m);
    } else if (order instanceof KillDriver m) {
      killDriver(m.driverId());
    } else if (order instanceof Decommission) {
      decommissioned = true;
      endIfDecommissioned();
    }
  }

  private void register() {
    refusal = Optional.empty();
    link.register(rpcEnv(), self(), files, work());
  }

  private void answered(Attempt.Answered m) {
    if (m.response() instanceof RegisterWorkerFailed refused) {
      refused(m.round(), refused);
    } else if (m.response() instanceof RegisteredWorker registered && link.accepts(registered)) {
      registered(registered);
    } else {
      notRegistered(m.round(), "no master leads yet");
    }
  }

  /** Counts when no other master takes this worker: who refuses it may lead no longer. */
  private void refused(int round, RegisterWorkerFailed m) {
    if (link.isInRound(round) && !link.isDeposed(m.epoch(), m)) {
      refusal = Optional.of(m);
    }
    notRegistered(round, "it was refused");
  }

  private void registered(RegisteredWorker m) {
    LOG.info("Worker [{}] is registered with the master at {}", settings.id(), where(m.master()));
    if (m.duplicate()) {
      LOG.warn("The master had not noticed that worker [{}] was away", settings.id());
    }
    // Also what ended since it was asked to take this worker in; to hear a thing twice is no
    // matter.
    endedDrivers.values().forEach(m.master()::send);
    endedExecutors.forEach(m.master()::send);
    endedExecutors.clear();
    beat(m.heartbeatInterval());
  }

  /** The master that leads now may be less patient than the one before. */
  private void beat(Duration interval) {
    if (!heartbeatInterval.equals(Optional.of(interval))) {
      heartbeatInterval = Optional.of(interval);
      ticks.every(interval, new SendHeartbeat());
    }
  }

  private void masterChanged(MasterChanged m) {
    if (heartbeatInterval.isEmpty()) {
      register(); // it means a worker that was here before, not this one
      return;
    }
    link.follow(m.master());
    beat(m.heartbeatInterval());
    LOG.info("Worker [{}] follows the new master at {}", settings.id(), where(m.master()));
    m.master().send(new WorkerSchedulerStateResponse(settings.id(), work()));
    endedExecutors.clear();
  }

  private static String where(RpcEndpointRef ref) {
    return ref.address().map(RpcAddress::hostPort).orElse("(this process)");
  }

  private void notRegistered(int round, String why) {
    if (!link.roundHasFailed(round, why)) {
      return;
    }
    if (refusal.isPresent() && !link.isDeposed(refusal.get().epoch(), refusal.get())) {
      ends.failed("the master refused this worker: " + refusal.get().message());
    } else {
      pause(why);
    }
  }

  private void lostMaster(String why) {
    if (link.lost(why)) {
      pause(why);
    }
  }

  private void pause(String why) {
    Optional<Duration> pause = link.pause();
    if (pause.isEmpty()) {
      ends.failed(
          "no master at " + settings.masters() + " after " + link.failures() + " attempts: " + why);
    } else {
      ticks.after(pause.get(), new ReregisterWithMaster());
    }
  }

  private void launch(LaunchExecutor m) {
    try {
      ExecutorLauncher.Host host = new ExecutorLauncher.Host(settings.id(), self(), rpcEnv());
      executors.put(m.executor(), new Executor(m, launcher.launch(m, host), Optional.empty()));
      LOG.info("Executor [{}] started for {}", m.executor(), m.app().name());
    } catch (IOException e) {
      executorChanged(
          new ExecutorStateChanged(
              m.executor(), ExecutorState.FAILED, "it cannot be started: " + e.getMessage()));
    }
  }

  private static Executor attached(Executor known, RpcEndpointRef process) {
    return new Executor(known.order(), known.handle(), Optional.of(process));
  }

  private void kill(ExecutorId id) {
    Executor executor = executors.get(id);
    if (executor != null) {
      executor.handle().kill();
    }
  }

  /** One of our executors says so, or the one who started it; the master wants to know. */
  private void executorChanged(ExecutorStateChanged m) {
    if (m.state().isFinished()) {
      executors.remove(m.executor());
      LOG.info("Executor [{}] ended, {}: {}", m.executor(), m.state(), m.message());
      workDir
          .filter(folder -> !isInUse(m.executor().appId()))
          .ifPresent(folder -> folder.ended(m.executor().appId()));
    }
    if (link.master().isPresent()) {
      link.master().get().send(m);
    } else if (m.state().isFinished()) {
      endedExecutors.add(m);
    }
    endIfDecommissioned();
  }

  private void dump(ExecutorId id, RpcCallContext call) {
    Executor executor = executors.get(id);
    if (executor == null) {
      call.sendFailure(
          new NoSuchElementException(
              "executor: " + id + " (expected: one of " + executors.keySet() + ")"));
    } else if (executor.handle().isInProcess()) {
      call.reply(ThreadDump.ofThisProcess());
    } else if (executor.process().isEmpty()) {
      call.sendFailure(new IllegalStateException("executor " + id + " is still starting"));
    } else {
      var unused =
          executor
              .process()
              .get()
              .ask(new TriggerThreadDump(), DUMP_TIMEOUT)
              .whenComplete(
                  (text, failure) -> {
                    if (failure == null) {
                      call.reply(text);
                    } else {
                      call.sendFailure(Failures.cause(failure));
                    }
                  });
    }
  }

  private void launchDriver(LaunchDriver m) {
    try {
      if (workDir.isEmpty()) {
        throw new IOException("worker [" + settings.id() + "] has no folder for drivers");
      }
      DriverRunner runner =
          new DriverRunner(m, workDir.get().createDriverFolder(m.driverId()), rpcEnv(), self());
      DriverRunner earlier = drivers.put(m.driverId(), runner);
      if (earlier != null) {
        earlier.abandon();
      }
      runner.start();
    } catch (IOException e) {
      driverChanged(
          new DriverStateChanged(
              m.driverId(),
              m.attempt(),
              DriverState.ERROR,
              "cannot be started: " + e.getMessage()));
    }
  }

  private void killDriver(String driverId) {
    DriverRunner driver = drivers.get(driverId);
    if (driver != null) {
      driver.kill();
    }
  }

  private void driverChanged(DriverStateChanged m) {
    if (m.state().isFinished()) {
      LOG.info("Driver [{}] ended, {}: {}", m.driverId(), m.state(), m.message());
      DriverRunner runner = drivers.get(m.driverId());
      if (runner == null || runner.attempt() == m.attempt()) {
        drivers.remove(m.driverId());
        workDir.ifPresent(folder -> folder.ended(m.driverId()));
      }
      endedDrivers.put(m.driverId(), m);
      if (endedDrivers.size() > REMEMBERED_DRIVERS) {
        endedDrivers.remove(endedDrivers.keySet().iterator().next());
      }
    }
    link.master().ifPresent(ref -> ref.send(m));
    endIfDecommissioned();
  }

  private void endIfDecommissioned() {
    if (decommissioned && !ending && executors.isEmpty() && drivers.isEmpty()) {
      ending = true;
      LOG.info("Worker [{}] was decommissioned and ends", settings.id());
      ends.decommissioned();
    }
  }

  private boolean isInUse(String folder) {
    return drivers.containsKey(folder)
        || executors.keySet().stream().anyMatch(id -> id.appId().equals(folder));
  }

  private WorkerWork work() {
    List<RunningExecutor> running =
        executors.values().stream()
            .map(Executor::order)
            .map(o -> new RunningExecutor(o.executor(), o.cores(), o.app().memoryPerExecutor()))
            .toList();
    return new WorkerWork(
        running,
        List.copyOf(drivers.keySet()),
        List.copyOf(endedExecutors),
        List.copyOf(endedDrivers.values()),
        decommissioned);
  }
}
