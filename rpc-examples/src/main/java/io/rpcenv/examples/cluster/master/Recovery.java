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
import io.rpcenv.examples.cluster.protocol.ExecutorState;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RunningExecutor;
import io.rpcenv.examples.cluster.protocol.WorkerMessage;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.KillExecutor;
import io.rpcenv.examples.cluster.protocol.WorkerState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what is still there of what the master's predecessor knew. Owned by the master's
 * endpoint.
 *
 * <p>Every worker and application is looked for and told of the new master. Workers that answer are
 * alive, and what they run is theirs; those that do not until the recovery ends are removed. An
 * application that can be reached but has not answered by then gets no executors yet, and is
 * removed if it stays silent for as long as a worker may.
 */
final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final Cluster cluster;
  private final MasterStore store;
  private final RpcEndpointRef master;
  private final Set<String> lookedForWorkers = new HashSet<>();
  private final Set<String> lookedForApps = new HashSet<>();
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
    left.workers().forEach(worker -> lookFor(worker, env));
  }

  private void lookFor(WorkerRecord worker, RpcEnv env) {
    lookedForWorkers.add(worker.id());
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
    lookedForApps.add(app.id());
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
    WorkerInfo registered = cluster.workers().get(record.id());
    if (registered != null && registered.isOf(record) && record.decommissioned()) {
      registered.decommission(); // it has registered by itself meanwhile
    }
    if (complete || registered != null) {
      return;
    }
    cluster.workers().put(record.id(), new WorkerInfo(record, ref, WorkerState.UNKNOWN, now));
    ref.send(new WorkerMessage.MasterChanged(master, cluster.epoch()));
  }

  void workerLost(String id) {
    lookedForWorkers.remove(id);
  }

  void found(ApplicationRecord record, RpcEndpointRef client, RpcEndpointRef driver) {
    if (lookedForApps.remove(record.id())) {
      cluster.apps().put(record.id(), ApplicationInfo.recovered(record, client, driver));
      client.send(new AppClientMessage.MasterChanged(master, cluster.epoch()));
    }
  }

  void applicationLost(String id, String why) {
    if (lookedForApps.remove(id)) {
      LOG.warn("Application [{}] is not there any more: {}", id, why);
      store.forgetApplication(id);
      killExecutorsWithoutApplication();
    }
  }

  void acknowledged(String appId) {
    ApplicationInfo app = cluster.apps().get(appId);
    if (app != null) {
      app.isThere();
    }
  }

  /** A worker says what runs on it. Whether anybody needs that is decided in the end. */
  void answered(
      String workerId, List<RunningExecutor> executors, List<String> driverIds, long now) {
    WorkerInfo worker = cluster.workers().get(workerId);
    if (worker == null) {
      return;
    }
    worker.isThere(now);
    for (RunningExecutor executor : executors) {
      worker.add(executor.id(), executor.cores(), executor.memory(), ExecutorState.RUNNING);
    }
    cluster.drivers().runOn(worker, driverIds);
  }

  /** Returns whether everybody has answered. */
  boolean hasEverybody() {
    return lookedForWorkers.isEmpty()
        && lookedForApps.isEmpty()
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
    store.read().workers().stream()
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
          .filter(id -> !lookedForApps.contains(id.appId()))
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

  /** Removes applications that have been silent for too long after the recovery. */
  void checkTimeOuts(long now) {
    if (complete && now - completedAt > cluster.workerTimeout().toNanos()) {
      List.copyOf(cluster.apps().values()).stream()
          .filter(app -> !app.answers())
          .forEach(
              app ->
                  cluster.removeApplication(
                      app.id(), ApplicationState.FAILED, "it did not answer the new master"));
    }
  }

  private static boolean isUnknown(WorkerInfo worker) {
    return worker.state() == WorkerState.UNKNOWN;
  }
}
