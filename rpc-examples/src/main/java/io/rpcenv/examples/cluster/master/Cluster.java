// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.master;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.ApplicationRemoved;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.ExecutorUpdated;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.WorkerRemoved;
import io.rpcenv.examples.cluster.protocol.ApplicationState;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.ExecutorState;
import io.rpcenv.examples.cluster.protocol.KillResponse;
import io.rpcenv.examples.cluster.protocol.MasterMessage.ExecutorStateChanged;
import io.rpcenv.examples.cluster.protocol.MasterMessage.Heartbeat;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RegisterApplication;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RegisterWorker;
import io.rpcenv.examples.cluster.protocol.MasterMessage.ReplaceExecutor;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RunningExecutor;
import io.rpcenv.examples.cluster.protocol.MasterMessage.WorkerWork;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.ApplicationSummary;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.ExecutorSummary;
import io.rpcenv.examples.cluster.protocol.MasterStatus;
import io.rpcenv.examples.cluster.protocol.RegisterWorkerResponse;
import io.rpcenv.examples.cluster.protocol.RegisterWorkerResponse.RegisterWorkerFailed;
import io.rpcenv.examples.cluster.protocol.RegisterWorkerResponse.RegisteredWorker;
import io.rpcenv.examples.cluster.protocol.RegisteredApplication;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.Decommission;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.KillExecutor;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.ReconnectWorker;
import io.rpcenv.examples.cluster.protocol.WorkerState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cluster under one leadership of a master: its workers and applications, and what follows when
 * one comes or goes. Drivers are in {@link Drivers}; who runs where is decided in {@link
 * Scheduling}. Owned by the master's endpoint.
 *
 * <p>A worker or application is in its map while it is alive, and in the store for as long. What a
 * predecessor left comes in by {@link Recovery}.
 */
final class Cluster {

  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
  private static final int MAX_EXECUTOR_FAILURES = 10;
  private static final int REMEMBERED = 50;

  private final long epoch;
  private final RpcEndpointRef master;
  private final MasterSettings settings;
  private final LongSupplier nanoClock;
  private final MasterStore store;
  private final Drivers drivers;
  private final Map<String, WorkerInfo> workers = new LinkedHashMap<>();
  private final Map<String, ApplicationInfo> apps = new LinkedHashMap<>();
  private final Set<Long> givenUp = new HashSet<>(); // incarnations of workers
  private final Deque<ApplicationSummary> completed = new ArrayDeque<>();
  private int nextApp;

  /**
   * Makes an empty cluster.
   *
   * @param epoch of the leadership
   * @param master who leads
   * @param settings how it behaves
   * @param nanoClock what it measures silence with
   * @param store where its successor looks
   */
  Cluster(
      long epoch,
      RpcEndpointRef master,
      MasterSettings settings,
      LongSupplier nanoClock,
      MasterStore store) {
    this.epoch = epoch;
    this.master = master;
    this.settings = settings;
    this.nanoClock = nanoClock;
    this.store = store;
    this.drivers = new Drivers(epoch, workers, store);
  }

  long epoch() {
    return epoch;
  }

  Drivers drivers() {
    return drivers;
  }

  Map<String, WorkerInfo> workers() {
    return workers;
  }

  Map<String, ApplicationInfo> apps() {
    return apps;
  }

  // --- workers ----------------------------------------------------------------------------------

  RegisterWorkerResponse registerWorker(RegisterWorker m) {
    WorkerInfo known = workers.get(m.id());
    if (known != null && known.isReplacedBy(m)) {
      removeWorker(known, "a new process took its place");
      known = null;
    }
    if (known != null && !known.isSameProcess(m)) {
      LOG.warn("Refused a second worker [{}] at {}", m.id(), m.worker());
      return new RegisterWorkerFailed(
          epoch, "Duplicate worker ID [" + m.id() + "]: another worker of that name is alive");
    }
    boolean duplicate = known != null && known.state() != WorkerState.UNKNOWN;
    if (known == null) {
      addWorker(
          new WorkerInfo(WorkerRecord.of(m), m.worker(), WorkerState.ALIVE, nanoClock.getAsLong()));
      LOG.info("Worker [{}] registered with {} core(s)", m.id(), m.cores());
    } else {
      LOG.info("Worker [{}] registered again", m.id());
    }
    return new RegisteredWorker(master, epoch, settings.heartbeatInterval(), duplicate);
  }

  /**
   * Takes in what has ended and what runs on a worker. What is nobody's is killed.
   *
   * @param inherits whether this master did not know yet what runs there: those are executors of
   *     its predecessor, unless the worker was given up meanwhile, for then their drivers know that
   * @param mayExist tells whether there is an application of an id, or may be
   */
  void takeIn(WorkerInfo worker, WorkerWork work, boolean inherits, Predicate<String> mayExist) {
    work.endedExecutors().forEach(this::executorStateChanged);
    work.endedDrivers().forEach(drivers::stateChanged);
    boolean isHeir = inherits && !givenUp.contains(worker.incarnation());
    for (RunningExecutor executor : work.executors()) {
      ExecutorId id = executor.id();
      if (isHeir && mayExist.test(id.appId()) && !isGivenUp(id)) {
        worker.add(id, executor.cores(), executor.memory(), ExecutorState.RUNNING);
      } else if (!worker.runs(id)) {
        worker.ref().send(new KillExecutor(epoch, id));
      }
    }
    drivers.runOn(worker, work.driverIds());
    if (work.decommissioned() && !worker.record().decommissioned()) {
      worker.decommission();
      store.save(worker.record());
    } else if (worker.record().decommissioned() && !work.decommissioned()) {
      worker.ref().send(new Decommission(epoch)); // it was not told
    }
  }

  void addWorker(WorkerInfo worker) {
    store.save(worker.record());
    workers.put(worker.id(), worker);
  }

  void heartbeat(Heartbeat m) {
    WorkerInfo worker = workers.get(m.id());
    if (worker != null) {
      worker.heard(nanoClock.getAsLong());
    } else {
      LOG.info("Unknown worker [{}] sent a heartbeat; asking it to register again", m.id());
      m.worker().send(new ReconnectWorker(epoch));
    }
  }

  void checkTimeOuts() {
    long limit = settings.workerTimeout().toNanos();
    long now = nanoClock.getAsLong();
    List.copyOf(workers.values()).stream()
        .filter(worker -> worker.silentNanos(now) > limit)
        .forEach(worker -> removeWorker(worker, "it sent no heartbeat for too long"));
  }

  void removeWorker(WorkerInfo worker, String why) {
    LOG.warn("Worker [{}] removed: {}", worker.id(), why);
    store.forgetWorker(worker.id());
    workers.remove(worker.id());
    givenUp.add(worker.incarnation());
    apps.values().forEach(app -> app.client().send(new WorkerRemoved(epoch, worker.id(), why)));
    drivers.workerRemoved(worker, why);
  }

  KillResponse decommission(String workerId) {
    WorkerInfo worker = workers.get(workerId);
    if (worker == null) {
      return new KillResponse(
          false, "worker: " + workerId + " (expected: one of " + workers.keySet() + ")");
    }
    worker.decommission();
    store.save(worker.record());
    worker.ref().send(new Decommission(epoch));
    LOG.info("Worker [{}] is being decommissioned", workerId);
    return new KillResponse(true, "worker " + workerId + " ends when nothing runs on it any more");
  }

  // --- applications -----------------------------------------------------------------------------

  /** A client that asks again, because it was not answered, has one application all the same. */
  RegisteredApplication registerApplication(RegisterApplication m) {
    Optional<ApplicationInfo> known = applicationOf(m.client());
    if (known.isPresent()) {
      known.get().isThere();
      return new RegisteredApplication(known.get().id(), master, epoch);
    }
    ApplicationRecord record =
        new ApplicationRecord(
            "app-" + Long.toString(epoch, 36) + "-" + nextApp++,
            m.description(),
            MasterStore.uri(m.client()),
            MasterStore.uri(m.driver()),
            Instant.now(),
            ApplicationInfo.RESERVED);
    store.save(record);
    apps.put(record.id(), ApplicationInfo.registered(record, m.client(), m.driver()));
    LOG.info("Application [{}] registered: {}", record.id(), record.description().name());
    return new RegisteredApplication(record.id(), master, epoch);
  }

  Optional<ApplicationInfo> applicationOf(RpcEndpointRef client) {
    return apps.values().stream().filter(app -> app.client().equals(client)).findFirst();
  }

  /** Ends an application, if there is one of that id. */
  void removeApplication(String appId, ApplicationState end, String why) {
    ApplicationInfo app = apps.remove(appId);
    if (app == null) {
      return;
    }
    store.forgetApplication(appId);
    LOG.info("Application [{}] removed, {}: {}", appId, end, why);
    completed.addFirst(app.summary(end, executorsByApp().getOrDefault(appId, List.of())));
    if (completed.size() > REMEMBERED) {
      completed.removeLast();
    }
    for (WorkerInfo worker : workers.values()) {
      for (ExecutorId executor : worker.executorsOf(appId)) {
        worker.remove(executor);
        worker.ref().send(new KillExecutor(epoch, executor));
      }
    }
  }

  KillResponse killApplication(String appId) {
    ApplicationInfo app = apps.get(appId);
    if (app == null) {
      return new KillResponse(false, "no application [" + appId + "] is running");
    }
    removeApplication(appId, ApplicationState.KILLED, "somebody asked for that");
    app.client().send(new ApplicationRemoved(epoch, ApplicationState.KILLED, "somebody killed it"));
    return new KillResponse(true, "application " + appId + " was killed");
  }

  void executorStateChanged(ExecutorStateChanged m) {
    if (!m.state().isFinished()) {
      workers.values().forEach(worker -> worker.executorIsRunning(m.executor()));
      return;
    }
    List<WorkerInfo> where =
        workers.values().stream().filter(worker -> worker.remove(m.executor())).toList();
    ApplicationInfo app = apps.get(m.executor().appId());
    if (app == null) {
      return;
    }
    LOG.info("Executor [{}] is {}: {}", m.executor(), m.state(), m.message());
    if (m.state() == ExecutorState.KILLED) {
      where.forEach(app::wantsNoMoreOf); // for somebody wanted that
      return;
    }
    app.client().send(new ExecutorUpdated(epoch, m.executor(), m.state(), m.message()));
    if (!where.isEmpty()) { // once, though it may be said again
      executorFailed(app, where, m);
    }
  }

  /**
   * An executor that its driver has given up goes, whether it hangs or not, also if its worker is
   * yet to say that it is there.
   */
  void replaceExecutor(ReplaceExecutor m) {
    ApplicationInfo app = apps.get(m.executor().appId());
    if (app == null) {
      return;
    }
    LOG.info("Executor [{}] was given up: {}", m.executor(), m.reason());
    app.givesUp(m.executor());
    workers.values().stream()
        .filter(worker -> worker.remove(m.executor()))
        .forEach(worker -> worker.ref().send(new KillExecutor(epoch, m.executor())));
  }

  private boolean isGivenUp(ExecutorId id) {
    ApplicationInfo app = apps.get(id.appId());
    return app != null && app.hasGivenUp(id);
  }

  /**
   * A worker that can run no executor is no reason to end an application that has others. Without
   * others the driver waits for one, but only so long; one that was lost is not held against it.
   */
  private void executorFailed(
      ApplicationInfo app, List<WorkerInfo> where, ExecutorStateChanged end) {
    long now = nanoClock.getAsLong();
    if (workers.values().stream().anyMatch(worker -> worker.runsFor(app.id()))) {
      where.forEach(worker -> app.pausesAt(worker, now));
    } else if (end.state() == ExecutorState.FAILED
        && app.lastExecutorFailed(now) >= MAX_EXECUTOR_FAILURES) {
      String why = MAX_EXECUTOR_FAILURES + " executors failed, the last one: " + end.message();
      removeApplication(app.id(), ApplicationState.FAILED, why);
      app.client().send(new ApplicationRemoved(epoch, ApplicationState.FAILED, why));
    }
  }

  // --- both -------------------------------------------------------------------------------------

  /** A process has gone: a worker, a driver, or someone who only asked for the state. */
  void disconnected(RpcAddress peer) {
    List.copyOf(workers.values()).stream()
        .filter(worker -> worker.listensAt(peer))
        .forEach(worker -> removeWorker(worker, "it disconnected"));
    List.copyOf(apps.values()).stream()
        .filter(app -> app.listensAt(peer))
        .forEach(
            app ->
                removeApplication(app.id(), ApplicationState.FINISHED, "its driver disconnected"));
  }

  /** Gives workers with room to drivers, and then to applications, in the order they came. */
  void schedule() {
    drivers.schedule();
    new Scheduling(epoch, workers.values(), store, nanoClock.getAsLong()).schedule(apps.values());
  }

  /** Returns for how long a worker may be silent. */
  Duration workerTimeout() {
    return settings.workerTimeout();
  }

  /** Returns how often a worker is to say that it is alive. */
  Duration heartbeatInterval() {
    return settings.heartbeatInterval();
  }

  MasterStateResponse state(MasterStatus status) {
    Map<String, List<ExecutorSummary>> executors = executorsByApp();
    return new MasterStateResponse(
        status,
        epoch,
        workers.values().stream().map(WorkerInfo::summary).toList(),
        apps.values().stream()
            .map(app -> app.summary(executors.getOrDefault(app.id(), List.of())))
            .toList(),
        List.copyOf(completed),
        drivers.active(),
        drivers.completed());
  }

  private Map<String, List<ExecutorSummary>> executorsByApp() {
    return workers.values().stream()
        .flatMap(WorkerInfo::executorSummaries)
        .collect(Collectors.groupingBy(executor -> executor.id().appId()));
  }
}
