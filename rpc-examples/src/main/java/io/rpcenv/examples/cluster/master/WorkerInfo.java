// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.master;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RegisterWorker;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.WorkerSummary;
import java.util.LinkedHashSet;
import java.util.Set;

/** What the master knows of a living worker. Owned by the master's endpoint. */
final class WorkerInfo {

  private final RegisterWorker registration;
  private final Set<ExecutorId> executors = new LinkedHashSet<>();
  private long heardAt;

  WorkerInfo(RegisterWorker registration, long now) {
    this.registration = registration;
    this.heardAt = now;
  }

  String id() {
    return registration.id();
  }

  RpcEndpointRef ref() {
    return registration.worker();
  }

  /** Returns what runs on it. */
  Set<ExecutorId> executors() {
    return executors;
  }

  boolean runsFor(String appId) {
    return executors.stream().anyMatch(executor -> executor.appId().equals(appId));
  }

  boolean listensAt(RpcAddress address) {
    return ref().address().filter(address::equals).isPresent();
  }

  /** Returns whether {@code other} comes from the very process that registered. */
  boolean isSameProcess(RegisterWorker other) {
    return registration.incarnation() == other.incarnation();
  }

  /** Returns whether {@code other} comes from a new process at the place of this one. */
  boolean isReplacedBy(RegisterWorker other) {
    return !isSameProcess(other) && ref().equals(other.worker());
  }

  void heard(long now) {
    heardAt = now;
  }

  long silentNanos(long now) {
    return now - heardAt;
  }

  WorkerSummary summary() {
    String address = ref().address().map(RpcAddress::hostPort).orElse("(no listener)");
    return new WorkerSummary(id(), address, registration.cores(), executors.size());
  }
}
