// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.master;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cluster.Failures;
import io.rpcenv.examples.cluster.protocol.AppClientMessage;
import io.rpcenv.examples.cluster.protocol.ApplicationState;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RegisterWorker;
import io.rpcenv.examples.cluster.protocol.WorkerMessage;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.KillExecutor;
import io.rpcenv.examples.cluster.protocol.WorkerState;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what is still there of what the master's predecessor knew. Owned by the master's
 * endpoint.
 *
 * <p>Every worker and application is looked for and told of the new master. Workers that answer are
 * alive, and what they run is theirs; those that do not until the recovery ends are removed. They
 * may register later, and keep their executors if no application was told that they are gone. An
 * application does not come by itself, so it is looked for, and told, again and again, and given up
 * when it has been silent for as long as a worker may be.
 */
final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final Cluster cluster;
  private final MasterStore store;
  private final RpcEndpointRef master;
  private final Map<String, WorkerRecord> lookedForWorkers = new HashMap<>();
  private final Map<String, ApplicationRecord> lookedForApps = new LinkedHashMap<>();
  private final Map<String, String> notFound = new LinkedHashMap<>(); // of those: why
  private List<WorkerRecord> oldWorkers = List.of();
  private boolean complete;
  private long completedAt;

  Recovery(Cluster cluster, MasterStore store, RpcEndpointRef master) {
    this.cluster = cluster;
    this.store = store;
    this.master = master;
  }

  /** Looks for all of them; what is found is told to the master. Does not block. */
  void begin(MasterStore.Recovered left, RpcEnv env) {
    LOG.info(
        "Recovering {} worker(s), {} application(s), {} driver(s)",
        left.workers().size(),
        left.apps().size(),
        left.drivers().size());
    left.drivers().forEach(cluster.drivers()::recover);
    left.apps().forEach(app -> lookFor(app, env));
    oldWorkers = left.workers();
    oldWorkers.forEach(worker -> lookFor(worker, env));
  }

  private void lookFor(WorkerRecord worker, RpcEnv env) {
    lookedForWorkers.put(worker.id(), worker);
    var unused =
        find(worker.uri(), env)
            .whenComplete(
                (ref, failure) ->
                    master.send(
                        failure == null
                            ? new MasterSelf.WorkerFound(worker, ref)
                            : new MasterSelf.WorkerLost(worker.id())));
  }

  private void lookFor(ApplicationRecord app, RpcEnv env) {
    lookedForApps.put(app.id(), app);
    CompletionStage<RpcEndpointRef> client = find(app.client(), env);
    CompletionStage<RpcEndpointRef> driver = find(app.driver(), env);
    var unused =
        client
            .thenCombine(
                driver, (found, other) -> new MasterSelf.ApplicationFound(app, found, other))
            .whenComplete(
                (found, failure) ->
                    master.send(
                        failure == null
                            ? found
                            : new MasterSelf.ApplicationLost(app.id(), Failures.text(failure))));
  }

  /** What had no listener has left no address, and cannot be found again. */
  private static CompletionStage<RpcEndpointRef> find(String uri, RpcEnv env) {
    try {
      return env.asyncSetupEndpointRefByURI(uri);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  void found(WorkerRecord record, RpcEndpointRef ref, long now) {
    lookedForWorkers.remove(record.id());
    if (complete || cluster.workers().containsKey(record.id())) {
      return; // too late, or it has registered by itself meanwhile
    }
    cluster.workers().put(record.id(), new WorkerInfo(record, ref, WorkerState.UNKNOWN, now));
    ref.send(new WorkerMessage.MasterChanged(master, cluster.epoch(), cluster.heartbeatInterval()));
  }

  void workerLost(String id) {
    lookedForWorkers.remove(id);
  }

  void found(ApplicationRecord record, RpcEndpointRef client, RpcEndpointRef driver) {
    if (lookedForApps.remove(record.id()) == null) {
      return;
    }
    if (cluster.applicationOf(client).isPresent()) {
      store.forgetApplication(record.id()); // it was not answered, and has registered again
    } else {
      cluster.apps().put(record.id(), ApplicationInfo.recovered(record, client, driver));
      client.send(new AppClientMessage.MasterChanged(master, cluster.epoch()));
    }
  }

  void applicationLost(String id, String why) {
    if (lookedForApps.containsKey(id)) {
      notFound.put(id, why);
    }
  }

  void acknowledged(String appId) {
    ApplicationInfo app = cluster.apps().get(appId);
    if (app != null) {
      app.isThere();
    }
  }

  /** Returns whether a worker has the name of another one that may yet be found alive. */
  boolean waitsForAnother(RegisterWorker m) {
    WorkerInfo known = cluster.workers().get(m.id());
    WorkerRecord other = known == null ? lookedForWorkers.get(m.id()) : known.record();
    return other != null
        && (known == null || isUnknown(known))
        && other.incarnation() != m.incarnation()
        && !other.uri().equals(MasterStore.uri(m.worker()));
  }

  /** Returns whether there is an application of an id, or may yet be found to be. */
  boolean mayExist(String appId) {
    return !complete || lookedForApps.containsKey(appId) || cluster.apps().containsKey(appId);
  }

  /** Returns whether everybody has answered. */
  boolean hasEverybody() {
    return lookedForWorkers.isEmpty()
        && lookedForApps.keySet().equals(notFound.keySet())
        && cluster.workers().values().stream().noneMatch(Recovery::isUnknown)
        && cluster.apps().values().stream().allMatch(ApplicationInfo::answers);
  }

  /** Ends the recovery: who has not answered is gone. */
  void complete(long now) {
    complete = true;
    completedAt = now;
    List.copyOf(cluster.workers().values()).stream()
        .filter(Recovery::isUnknown)
        .forEach(worker -> cluster.removeWorker(worker, "it did not answer the new master"));
    oldWorkers.stream()
        .map(WorkerRecord::id)
        .filter(id -> !cluster.workers().containsKey(id))
        .forEach(store::forgetWorker);
    cluster.drivers().completeRecovery();
    killExecutorsWithoutApplication();
    LOG.info(
        "Recovery is complete: {} worker(s), {} application(s)",
        cluster.workers().size(),
        cluster.apps().size());
  }

  private void killExecutorsWithoutApplication() {
    for (WorkerInfo worker : cluster.workers().values()) {
      worker.executors().stream()
          .filter(id -> !cluster.apps().containsKey(id.appId()))
          .filter(id -> !lookedForApps.containsKey(id.appId()))
          .forEach(
              id -> {
                worker.remove(id);
                worker.ref().send(new KillExecutor(cluster.epoch(), id));
              });
    }
  }

  boolean isComplete() {
    return complete;
  }

  /** Tries again to reach applications that were not reached, or gives them up. */
  void lookAgain(long now, RpcEnv env) {
    boolean isOver = now - completedAt > cluster.workerTimeout().toNanos();
    Map<String, String> missing = Map.copyOf(notFound);
    notFound.clear();
    if (isOver) {
      missing.forEach(this::forget);
    } else {
      List.copyOf(lookedForApps.values()).stream()
          .filter(app -> missing.containsKey(app.id()))
          .forEach(app -> lookFor(app, env));
    }
    List.copyOf(cluster.apps().values()).stream()
        .filter(app -> !app.answers())
        .forEach(app -> ask(app, isOver));
  }

  private void forget(String id, String why) {
    LOG.warn("Application [{}] is not there any more: {}", id, why);
    lookedForApps.remove(id);
    store.forgetApplication(id);
    killExecutorsWithoutApplication();
  }

  private void ask(ApplicationInfo app, boolean isOver) {
    if (isOver) {
      String why = "it did not answer the new master";
      cluster.removeApplication(app.id(), ApplicationState.FAILED, why);
      app.client()
          .send(
              new AppClientMessage.ApplicationRemoved(
                  cluster.epoch(), ApplicationState.FAILED, why));
    } else {
      app.client().send(new AppClientMessage.MasterChanged(master, cluster.epoch()));
    }
  }

  private static boolean isUnknown(WorkerInfo worker) {
    return worker.state() == WorkerState.UNKNOWN;
  }
}
