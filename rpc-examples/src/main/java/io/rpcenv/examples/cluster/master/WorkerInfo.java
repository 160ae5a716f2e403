// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.master;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.examples.cluster.protocol.ApplicationDescription;
import io.rpcenv.examples.cluster.protocol.DriverDescription;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.ExecutorState;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RegisterWorker;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.ExecutorSummary;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.WorkerSummary;
import io.rpcenv.examples.cluster.protocol.WorkerState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What the master knows of a living worker. Owned by the master's endpoint. */
final class WorkerInfo {

  private final RpcEndpointRef ref;
  private final Map<ExecutorId, Executor> executors = new LinkedHashMap<>();
  private final Map<String, DriverDescription> drivers = new LinkedHashMap<>();
  private WorkerRecord record;
  private WorkerState state;
  private long heardAt;
  private Instant lastHeartbeat = Instant.now();

  private static final class Executor {
    private final int cores;
    private final int memory;
    private ExecutorState state;

    Executor(int cores, int memory, ExecutorState state) {
      this.cores = cores;
      this.memory = memory;
      this.state = state;
    }
  }

  WorkerInfo(WorkerRecord record, RpcEndpointRef ref, WorkerState state, long now) {
    this.record = record;
    this.ref = ref;
    this.state = state;
    this.heardAt = now;
  }

  String id() {
    return record.id();
  }

  WorkerRecord record() {
    return record;
  }

  long incarnation() {
    return record.incarnation();
  }

  RpcEndpointRef ref() {
    return ref;
  }

  WorkerState state() {
    return state;
  }

  /** It has answered: it is what it was before the master changed. */
  void isThere(long now) {
    state = record.decommissioned() ? WorkerState.DECOMMISSIONED : WorkerState.ALIVE;
    heard(now);
  }

  void decommission() {
    record = record.asDecommissioned();
    if (state != WorkerState.UNKNOWN) { // it has to answer all the same
      state = WorkerState.DECOMMISSIONED;
    }
  }

  void add(ExecutorId id, int cores, int memory, ExecutorState executorState) {
    executors.put(id, new Executor(cores, memory, executorState));
  }

  void executorIsRunning(ExecutorId id) {
    Executor executor = executors.get(id);
    if (executor != null) {
      executor.state = ExecutorState.RUNNING;
    }
  }

  boolean remove(ExecutorId id) {
    return executors.remove(id) != null;
  }

  Set<ExecutorId> executors() {
    return Set.copyOf(executors.keySet());
  }

  boolean runs(ExecutorId id) {
    return executors.containsKey(id);
  }

  boolean runsFor(String appId) {
    return executors.keySet().stream().anyMatch(executor -> executor.appId().equals(appId));
  }

  void add(String driverId, DriverDescription driver) {
    drivers.put(driverId, driver);
  }

  void removeDriver(String driverId) {
    drivers.remove(driverId);
  }

  int coresFree() {
    return record.cores() - coresUsed();
  }

  /** Returns whether an executor of an application, or one core of it, finds room. */
  boolean hasRoomFor(ApplicationDescription app) {
    return state == WorkerState.ALIVE
        && coresFree() >= Math.max(1, app.coresPerExecutor())
        && record.memory() - memoryUsed() >= app.memoryPerExecutor();
  }

  boolean hasRoomFor(DriverDescription driver) {
    return state == WorkerState.ALIVE
        && coresFree() >= driver.cores()
        && record.memory() - memoryUsed() >= driver.memory();
  }

  boolean listensAt(RpcAddress address) {
    return ref.address().filter(address::equals).isPresent();
  }

  /** Returns whether {@code other} comes from the very process that registered. */
  boolean isSameProcess(RegisterWorker other) {
    return record.incarnation() == other.incarnation();
  }

  /** Returns whether {@code other} comes from a new process at the place of this one. */
  boolean isReplacedBy(RegisterWorker other) {
    return !isSameProcess(other) && ref.equals(other.worker());
  }

  void heard(long now) {
    heardAt = now;
    lastHeartbeat = Instant.now();
  }

  long silentNanos(long now) {
    return now - heardAt;
  }

  private int coresUsed() {
    return executors.values().stream().mapToInt(executor -> executor.cores).sum()
        + drivers.values().stream().mapToInt(DriverDescription::cores).sum();
  }

  private int memoryUsed() {
    return executors.values().stream().mapToInt(executor -> executor.memory).sum()
        + drivers.values().stream().mapToInt(DriverDescription::memory).sum();
  }

  Stream<ExecutorSummary> executorSummaries() {
    return executors.entrySet().stream()
        .map(
            entry ->
                new ExecutorSummary(
                    entry.getKey(), id(), entry.getValue().state, entry.getValue().cores));
  }

  WorkerSummary summary() {
    return new WorkerSummary(
        id(),
        ref.address().map(RpcAddress::hostPort).orElse("(no listener)"),
        state,
        record.cores(),
        coresUsed(),
        record.memory(),
        memoryUsed(),
        executors.size(),
        lastHeartbeat,
        record.files());
  }

  /** Returns the executors of an application. */
  List<ExecutorId> executorsOf(String appId) {
    return executors.keySet().stream().filter(id -> id.appId().equals(appId)).toList();
  }
}
