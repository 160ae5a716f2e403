// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.master;

import io.rpcenv.examples.cluster.protocol.DriverDescription;
import io.rpcenv.examples.cluster.protocol.DriverState;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.DriverSummary;

/** What the master knows of a driver that was submitted. Owned by the master's endpoint. */
final class DriverInfo {

  private DriverRecord record;
  private DriverState state;
  private String message = "";

  DriverInfo(DriverRecord record, DriverState state) {
    this.record = record;
    this.state = state;
  }

  String id() {
    return record.id();
  }

  DriverDescription description() {
    return record.description();
  }

  DriverRecord record() {
    return record;
  }

  /** Returns the worker that it was given to; empty if there is none. */
  String workerId() {
    return record.workerId();
  }

  DriverState state() {
    return state;
  }

  void goesTo(String workerId) {
    record = record.on(workerId);
  }

  void leavesItsWorker() {
    record = record.withoutWorker();
  }

  void isToBeKilled() {
    record = record.asKilled();
  }

  int attempt() {
    return record.attempt();
  }

  void becomes(DriverState newState, String why) {
    state = newState;
    message = why;
  }

  DriverSummary summary() {
    return new DriverSummary(
        id(),
        description().mainClass(),
        state,
        workerId(),
        record.startTime(),
        state.isFinished() || state == DriverState.RELAUNCHING ? message : "");
  }
}
