// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.master;

import io.rpcenv.examples.cluster.protocol.AppClientMessage.ExecutorAdded;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.ExecutorState;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.LaunchExecutor;
import io.rpcenv.examples.cluster.protocol.WorkerState;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives executors to applications: the first one gets an executor on every worker that has room,
 * then the next one, and so on. An application has at most one executor on a worker.
 */
final class Scheduling {

  private static final Logger LOG = LoggerFactory.getLogger(Scheduling.class);

  private final long epoch;
  private final Collection<WorkerInfo> workers;
  private final MasterStore store;
  private final long now;

  Scheduling(long epoch, Collection<WorkerInfo> workers, MasterStore store, long now) {
    this.epoch = epoch;
    this.workers = workers;
    this.store = store;
    this.now = now;
  }

  void schedule(Collection<ApplicationInfo> apps) {
    for (ApplicationInfo app : apps) {
      // Anew for each application: most of the time nothing is left after the first few.
      List<WorkerInfo> free = workers.stream().filter(Scheduling::hasFreeCores).toList();
      if (free.isEmpty()) {
        return;
      }
      if (app.answers()) {
        free.stream()
            .filter(worker -> worker.hasRoomFor(app.description()))
            .filter(worker -> app.wants(worker, now) && !worker.runsFor(app.id()))
            .forEach(worker -> launch(app, worker));
      }
    }
  }

  private static boolean hasFreeCores(WorkerInfo worker) {
    return worker.state() == WorkerState.ALIVE && worker.coresFree() > 0;
  }

  private void launch(ApplicationInfo app, WorkerInfo worker) {
    if (app.needsNumbers()) {
      store.save(app.reserveNumbers());
    }
    ExecutorId executor = app.newExecutor();
    int limit = app.description().coresPerExecutor();
    int cores = limit == 0 ? worker.coresFree() : limit;
    worker.add(executor, cores, app.description().memoryPerExecutor(), ExecutorState.LAUNCHING);
    LOG.info("Executor [{}] goes to worker [{}]", executor, worker.id());
    worker.ref().send(new LaunchExecutor(epoch, executor, app.description(), cores, app.driver()));
    app.client().send(new ExecutorAdded(epoch, executor, worker.id()));
  }
}
