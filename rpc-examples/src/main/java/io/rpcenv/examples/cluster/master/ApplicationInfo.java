// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.master;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.examples.cluster.protocol.ApplicationDescription;
import io.rpcenv.examples.cluster.protocol.ApplicationState;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.ApplicationSummary;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.ExecutorSummary;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the master knows of an application that has not ended. Owned by the master's endpoint. */
final class ApplicationInfo {

  /** How many executor numbers are reserved at a time: a record is written only then. */
  static final int RESERVED = 1000;

  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final Duration A_GOOD_WHILE = Duration.ofMinutes(10);

  private final RpcEndpointRef client;
  private final RpcEndpointRef driver;
  private final Set<WorkerInfo> unwanted = new HashSet<>();
  private final Map<WorkerInfo, Long> failedAt = new HashMap<>();
  private final Set<ExecutorId> givenUp = new HashSet<>();
  private ApplicationRecord record;
  private boolean answers;
  private int nextExecutor;
  private int failures;
  private long lastFailure;

  private ApplicationInfo(
      ApplicationRecord record, RpcEndpointRef client, RpcEndpointRef driver, boolean answers) {
    this.record = record;
    this.client = client;
    this.driver = driver;
    this.answers = answers;
  }

  /** Returns a new application. */
  static ApplicationInfo registered(
      ApplicationRecord record, RpcEndpointRef client, RpcEndpointRef driver) {
    return new ApplicationInfo(record, client, driver, true);
  }

  /** Returns one of the master's predecessor; it has not answered yet. */
  static ApplicationInfo recovered(
      ApplicationRecord record, RpcEndpointRef client, RpcEndpointRef driver) {
    ApplicationInfo app = new ApplicationInfo(record, client, driver, false);
    app.nextExecutor = record.executors();
    return app;
  }

  String id() {
    return record.id();
  }

  ApplicationRecord record() {
    return record;
  }

  ApplicationDescription description() {
    return record.description();
  }

  RpcEndpointRef client() {
    return client;
  }

  RpcEndpointRef driver() {
    return driver;
  }

  /** It has acknowledged the change of master. */
  void isThere() {
    answers = true;
  }

  boolean answers() {
    return answers;
  }

  boolean listensAt(RpcAddress address) {
    return client().address().filter(address::equals).isPresent();
  }

  /** Its driver wants no more of an executor, whoever may yet say that it runs. */
  void givesUp(ExecutorId id) {
    givenUp.add(id);
  }

  boolean hasGivenUp(ExecutorId id) {
    return givenUp.contains(id);
  }

  /** Its executor there was ended on purpose: it gets no other one on that worker. */
  void wantsNoMoreOf(WorkerInfo worker) {
    unwanted.add(worker);
  }

  /** Its executor there failed, and it has others: it waits a while before another attempt. */
  void pausesAt(WorkerInfo worker, long now) {
    failedAt.put(worker, now);
  }

  boolean wants(WorkerInfo worker, long now) {
    Long failed = failedAt.get(worker);
    return !unwanted.contains(worker) && (failed == null || now - failed >= PAUSE.toNanos());
  }

  /** Returns whether the next executor's number is not reserved: the record is to be saved then. */
  boolean needsNumbers() {
    return nextExecutor >= record.executors();
  }

  ApplicationRecord reserveNumbers() {
    record = record.withExecutors(nextExecutor + RESERVED);
    return record;
  }

  ExecutorId newExecutor() {
    return new ExecutorId(id(), nextExecutor++);
  }

  /**
   * Counts an executor that ended by its own fault and was the only one; returns how many did so,
   * each not long after the one before.
   */
  int lastExecutorFailed(long now) {
    failures = now - lastFailure > A_GOOD_WHILE.toNanos() ? 1 : failures + 1;
    lastFailure = now;
    return failures;
  }

  ApplicationSummary summary(List<ExecutorSummary> executors) {
    ApplicationState state =
        executors.isEmpty() ? ApplicationState.WAITING : ApplicationState.RUNNING;
    return summary(answers ? state : ApplicationState.UNKNOWN, executors);
  }

  ApplicationSummary summary(ApplicationState state, List<ExecutorSummary> executors) {
    return new ApplicationSummary(
        id(),
        description().name(),
        state,
        executors.stream().mapToInt(ExecutorSummary::cores).sum(),
        description().memoryPerExecutor(),
        record.startTime(),
        executors);
  }
}
