// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.master;

import io.rpcenv.examples.cluster.protocol.DriverDescription;
import io.rpcenv.examples.cluster.protocol.DriverState;
import io.rpcenv.examples.cluster.protocol.KillResponse;
import io.rpcenv.examples.cluster.protocol.MasterMessage.DriverStateChanged;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.DriverSummary;
import io.rpcenv.examples.cluster.protocol.SubmitDriverResponse;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.KillDriver;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.LaunchDriver;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The drivers that were submitted to run on a worker. Owned by the master's endpoint. */
final class Drivers {

  private static final Logger LOG = LoggerFactory.getLogger(Drivers.class);
  private static final int REMEMBERED = 50;

  private final long epoch;
  private final Map<String, WorkerInfo> workers;
  private final MasterStore store;
  private final Map<String, DriverInfo> active = new LinkedHashMap<>();
  private final Deque<DriverInfo> completed = new ArrayDeque<>();
  private int next;

  Drivers(long epoch, Map<String, WorkerInfo> workers, MasterStore store) {
    this.epoch = epoch;
    this.workers = workers;
    this.store = store;
  }

  SubmitDriverResponse submit(DriverDescription description) {
    String id = "driver-" + Long.toString(epoch, 36) + "-" + next++;
    DriverRecord record = new DriverRecord(id, description, Instant.now(), "", 0, false);
    store.save(record);
    active.put(id, new DriverInfo(record, DriverState.SUBMITTED));
    LOG.info("Driver [{}] submitted: {}", id, description.mainClass());
    return new SubmitDriverResponse(true, id, "submitted");
  }

  KillResponse kill(String id) {
    DriverInfo driver = active.get(id);
    if (driver == null) {
      return new KillResponse(
          false,
          find(id)
              .map(ended -> "driver [" + id + "] has ended already: " + ended.state())
              .orElse("no driver [" + id + "] is known"));
    }
    if (driver.workerId().isEmpty()) {
      end(driver, DriverState.KILLED, "somebody asked for that before it ran");
    } else {
      driver.isToBeKilled();
      store.save(driver.record());
      WorkerInfo worker = workers.get(driver.workerId());
      if (worker != null) {
        worker.ref().send(new KillDriver(epoch, id));
      }
    }
    return new KillResponse(true, "driver " + id + " is being killed");
  }

  /** Returns a driver, also one that ended not long ago. */
  Optional<DriverSummary> find(String id) {
    return Stream.concat(active.values().stream(), completed.stream())
        .filter(driver -> driver.id().equals(id))
        .map(DriverInfo::summary)
        .findFirst();
  }

  void stateChanged(DriverStateChanged m) {
    DriverInfo driver = active.get(m.driverId());
    if (driver == null || driver.attempt() != m.attempt()) {
      return;
    }
    if (m.state().isFinished()) {
      end(driver, m.state(), m.message());
    } else {
      LOG.info("Driver [{}] is {}: {}", m.driverId(), m.state(), m.message());
      driver.becomes(m.state(), m.message());
    }
  }

  private void end(DriverInfo driver, DriverState state, String why) {
    LOG.info("Driver [{}] ended, {}: {}", driver.id(), state, why);
    driver.becomes(state, why);
    store.forgetDriver(driver.id());
    active.remove(driver.id());
    WorkerInfo worker = workers.get(driver.workerId());
    if (worker != null) {
      worker.removeDriver(driver.id());
    }
    completed.addFirst(driver);
    if (completed.size() > REMEMBERED) {
      completed.removeLast();
    }
  }

  /** What ran on a worker that is gone runs elsewhere, if it is supervised. */
  void workerRemoved(WorkerInfo worker, String why) {
    List.copyOf(active.values()).stream()
        .filter(driver -> driver.workerId().equals(worker.id()))
        .forEach(driver -> lost(driver, "worker [" + worker.id() + "] is gone: " + why));
  }

  private void lost(DriverInfo driver, String why) {
    if (driver.record().killed()) {
      end(driver, DriverState.KILLED, "somebody asked for that; " + why);
    } else if (driver.description().supervise()) {
      LOG.warn("Driver [{}] is to run elsewhere: {}", driver.id(), why);
      driver.leavesItsWorker();
      driver.becomes(DriverState.RELAUNCHING, why);
      store.save(driver.record());
    } else {
      end(driver, DriverState.FAILED, why);
    }
  }

  void schedule() {
    for (DriverInfo driver : active.values()) {
      if (driver.workerId().isEmpty()) {
        workers.values().stream()
            .filter(worker -> worker.hasRoomFor(driver.description()))
            .max(Comparator.comparingInt(WorkerInfo::coresFree))
            .ifPresent(worker -> launch(driver, worker));
      }
    }
  }

  private void launch(DriverInfo driver, WorkerInfo worker) {
    driver.goesTo(worker.id());
    store.save(driver.record());
    worker.add(driver.id(), driver.description());
    LOG.info("Driver [{}] goes to worker [{}]", driver.id(), worker.id());
    worker.ref().send(new LaunchDriver(epoch, driver.id(), driver.attempt(), driver.description()));
  }

  // --- after a change of master -----------------------------------------------------------------

  void recover(DriverRecord record) {
    active.put(
        record.id(),
        new DriverInfo(
            record, record.workerId().isEmpty() ? DriverState.SUBMITTED : DriverState.UNKNOWN));
  }

  /** A worker says what runs on it; who should not is killed, also if that was said before. */
  void runOn(WorkerInfo worker, List<String> driverIds) {
    for (String id : driverIds) {
      DriverInfo driver = active.get(id);
      if (driver == null || !driver.workerId().equals(worker.id())) {
        worker.ref().send(new KillDriver(epoch, id));
        continue;
      }
      worker.add(id, driver.description());
      if (driver.state() == DriverState.UNKNOWN) {
        driver.becomes(DriverState.RUNNING, "");
      }
      if (driver.record().killed()) {
        worker.ref().send(new KillDriver(epoch, id));
      }
    }
  }

  /** No worker knows of those that are unknown now. */
  void completeRecovery() {
    List.copyOf(active.values()).stream()
        .filter(driver -> driver.state() == DriverState.UNKNOWN)
        .forEach(driver -> lost(driver, "it was gone when the master changed"));
  }

  List<DriverSummary> active() {
    return active.values().stream().map(DriverInfo::summary).toList();
  }

  List<DriverSummary> completed() {
    return completed.stream().map(DriverInfo::summary).toList();
  }
}
