// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.master;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RegisterApplication;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.ApplicationSummary;

/** What the master knows of a running application. Owned by the master's endpoint. */
final class ApplicationInfo {

  private final String id;
  private final RegisterApplication registration;
  private int nextExecutor;
  private int failedExecutors;

  ApplicationInfo(String id, RegisterApplication registration) {
    this.id = id;
    this.registration = registration;
  }

  String id() {
    return id;
  }

  String name() {
    return registration.name();
  }

  RpcEndpointRef client() {
    return registration.client();
  }

  RpcEndpointRef driver() {
    return registration.driver();
  }

  boolean listensAt(RpcAddress address) {
    return client().address().filter(address::equals).isPresent();
  }

  ExecutorId newExecutor() {
    return new ExecutorId(id, nextExecutor++);
  }

  /** Counts an executor that ended by its own fault; returns how many did so far. */
  int executorFailed() {
    return ++failedExecutors;
  }

  ApplicationSummary summary(int executors) {
    return new ApplicationSummary(id, name(), executors);
  }
}
