// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.master;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.examples.cluster.Ticks;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.ApplicationRemoved;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.ExecutorAdded;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.ExecutorUpdated;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.WorkerRemoved;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.ExecutorState;
import io.rpcenv.examples.cluster.protocol.MasterMessage.CheckForWorkerTimeOut;
import io.rpcenv.examples.cluster.protocol.MasterMessage.ExecutorStateChanged;
import io.rpcenv.examples.cluster.protocol.MasterMessage.Heartbeat;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RegisterApplication;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RegisterWorker;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestMasterState;
import io.rpcenv.examples.cluster.protocol.MasterMessage.UnregisterApplication;
import io.rpcenv.examples.cluster.protocol.MasterMessage.WorkerLatestState;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse;
import io.rpcenv.examples.cluster.protocol.RegisterWorkerResponse;
import io.rpcenv.examples.cluster.protocol.RegisterWorkerResponse.RegisterWorkerFailed;
import io.rpcenv.examples.cluster.protocol.RegisterWorkerResponse.RegisteredWorker;
import io.rpcenv.examples.cluster.protocol.RegisteredApplication;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.KillExecutor;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.LaunchExecutor;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.ReconnectWorker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the lists of workers and applications, and brings them together. */
public final class Master extends RpcEndpoint {

  private static final Logger LOG = LoggerFactory.getLogger(Master.class);
  private static final int MAX_EXECUTOR_FAILURES = 10;

  private final MasterSettings settings;
  private final LongSupplier nanoClock;
  private final Map<String, WorkerInfo> workers = new LinkedHashMap<>();
  private final Map<String, ApplicationInfo> apps = new LinkedHashMap<>();
  // Another master numbers its applications anew, while executors of this one's may still run.
  private final String appPrefix = "app-" + Long.toString(System.currentTimeMillis(), 36) + "-";
  private int nextApp;
  private @Nullable Ticks ticks;

  /**
   * Makes a master.
   *
   * @param settings how it behaves
   * @param nanoClock what it measures silence with, usually {@code System::nanoTime}
   */
  public Master(MasterSettings settings, LongSupplier nanoClock) {
    this.settings = settings;
    this.nanoClock = nanoClock;
  }

  @Override
  public void onStart() {
    ticks = new Ticks(self());
    ticks.every(settings.heartbeatInterval(), new CheckForWorkerTimeOut());
  }

  @Override
  public void onStop() {
    if (ticks != null) {
      ticks.close();
    }
  }

  @Override
  public void receive(Object message) throws Exception {
    if (message instanceof Heartbeat m) {
      heartbeat(m);
    } else if (message instanceof WorkerLatestState m) {
      killUnknown(m);
    } else if (message instanceof ExecutorStateChanged m) {
      executorStateChanged(m);
    } else if (message instanceof UnregisterApplication m) {
      removeApplication(m.appId(), "it has finished");
    } else if (message instanceof CheckForWorkerTimeOut) {
      checkForWorkerTimeOut();
    } else {
      super.receive(message);
    }
  }

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    if (message instanceof RegisterWorker m) {
      call.reply(registerWorker(m));
      schedule();
    } else if (message instanceof RegisterApplication m) {
      call.reply(registerApplication(m));
      schedule();
    } else if (message instanceof RequestMasterState) {
      call.reply(state());
    } else {
      super.receiveAndReply(message, call);
    }
  }

  /** A process has gone: a worker, a driver, or someone who only asked for the state. */
  @Override
  public void onDisconnected(RpcAddress peer) {
    List.copyOf(workers.values()).stream()
        .filter(worker -> worker.listensAt(peer))
        .forEach(worker -> removeWorker(worker, "it disconnected"));
    List.copyOf(apps.values()).stream()
        .filter(app -> app.listensAt(peer))
        .forEach(app -> removeApplication(app.id(), "its driver disconnected"));
  }

  private RegisterWorkerResponse registerWorker(RegisterWorker m) {
    WorkerInfo known = workers.get(m.id());
    if (known != null && known.isReplacedBy(m)) {
      removeWorker(known, "a new process took its place");
      known = null;
    }
    if (known != null && !known.isSameProcess(m)) {
      LOG.warn("Refused a second worker [{}] at {}", m.id(), m.worker());
      return new RegisterWorkerFailed(
          "Duplicate worker ID [" + m.id() + "]: another worker of that name is alive");
    }
    boolean duplicate = known != null;
    if (known == null) {
      workers.put(m.id(), new WorkerInfo(m, nanoClock.getAsLong()));
      LOG.info("Worker [{}] registered with {} core(s)", m.id(), m.cores());
    } else {
      known.heard(nanoClock.getAsLong());
      LOG.info("Worker [{}] registered again", m.id());
    }
    return new RegisteredWorker(self(), settings.heartbeatInterval(), duplicate);
  }

  private void heartbeat(Heartbeat m) {
    WorkerInfo worker = workers.get(m.id());
    if (worker != null) {
      worker.heard(nanoClock.getAsLong());
    } else {
      LOG.info("Unknown worker [{}] sent a heartbeat; asking it to register again", m.id());
      m.worker().send(new ReconnectWorker(self()));
    }
  }

  private void checkForWorkerTimeOut() {
    long limit = settings.workerTimeout().toNanos();
    long now = nanoClock.getAsLong();
    List.copyOf(workers.values()).stream()
        .filter(worker -> worker.silentNanos(now) > limit)
        .forEach(worker -> removeWorker(worker, "it sent no heartbeat for too long"));
  }

  private void removeWorker(WorkerInfo worker, String why) {
    LOG.warn("Worker [{}] removed: {}", worker.id(), why);
    workers.remove(worker.id());
    apps.values().forEach(app -> app.client().send(new WorkerRemoved(worker.id(), why)));
  }

  /** A worker that was taken for dead may come back with executors that were given up. */
  private void killUnknown(WorkerLatestState m) {
    WorkerInfo worker = workers.get(m.id());
    if (worker != null) {
      m.executors().stream()
          .filter(executor -> !worker.executors().contains(executor))
          .forEach(executor -> worker.ref().send(new KillExecutor(executor)));
    }
  }

  private RegisteredApplication registerApplication(RegisterApplication m) {
    ApplicationInfo app = new ApplicationInfo(appPrefix + nextApp++, m);
    apps.put(app.id(), app);
    LOG.info("Application [{}] registered: {}", app.id(), app.name());
    return new RegisteredApplication(app.id(), self());
  }

  private void removeApplication(String appId, String why) {
    if (apps.remove(appId) == null) {
      return;
    }
    LOG.info("Application [{}] removed: {}", appId, why);
    for (WorkerInfo worker : workers.values()) {
      for (ExecutorId executor : List.copyOf(worker.executors())) {
        if (executor.appId().equals(appId)) {
          worker.executors().remove(executor);
          worker.ref().send(new KillExecutor(executor));
        }
      }
    }
  }

  private void executorStateChanged(ExecutorStateChanged m) {
    if (!m.state().isFinished()) {
      return;
    }
    workers.values().forEach(worker -> worker.executors().remove(m.executor()));
    ApplicationInfo app = apps.get(m.executor().appId());
    if (app == null) {
      return;
    }
    LOG.info("Executor [{}] is {}: {}", m.executor(), m.state(), m.message());
    if (m.state() == ExecutorState.KILLED) {
      return; // somebody wanted that, so it needs no successor
    }
    app.client().send(new ExecutorUpdated(m.executor(), m.state(), m.message()));
    if (m.state() == ExecutorState.FAILED && app.executorFailed() >= MAX_EXECUTOR_FAILURES) {
      String why = MAX_EXECUTOR_FAILURES + " executors failed, the last one: " + m.message();
      app.client().send(new ApplicationRemoved(why));
      removeApplication(app.id(), why);
    } else {
      schedule();
    }
  }

  private void schedule() {
    for (ApplicationInfo app : apps.values()) {
      for (WorkerInfo worker : workers.values()) {
        if (!worker.runsFor(app.id())) {
          launch(app, worker);
        }
      }
    }
  }

  private void launch(ApplicationInfo app, WorkerInfo worker) {
    ExecutorId executor = app.newExecutor();
    worker.executors().add(executor);
    LOG.info("Executor [{}] goes to worker [{}]", executor, worker.id());
    worker.ref().send(new LaunchExecutor(executor, app.name(), app.driver()));
    app.client().send(new ExecutorAdded(executor, worker.id()));
  }

  private MasterStateResponse state() {
    return new MasterStateResponse(
        workers.values().stream().map(WorkerInfo::summary).toList(),
        apps.values().stream().map(app -> app.summary(executorsOf(app))).toList());
  }

  private int executorsOf(ApplicationInfo app) {
    return (int) workers.values().stream().filter(worker -> worker.runsFor(app.id())).count();
  }
}
