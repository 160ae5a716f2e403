// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

import java.util.List;

/**
 * The state of the cluster, as the master sees it.
 *
 * @param workers the living workers
 * @param activeApps the running applications
 */
public record MasterStateResponse(
    List<WorkerSummary> workers, List<ApplicationSummary> activeApps) {

  /**
   * A worker.
   *
   * @param id its name
   * @param address where it listens
   * @param cores how many tasks it runs at a time for one application
   * @param executors how many executors run on it
   */
  public record WorkerSummary(String id, String address, int cores, int executors) {}

  /**
   * An application.
   *
   * @param id given by the master
   * @param name given by the user
   * @param executors how many executors it has
   */
  public record ApplicationSummary(String id, String name, int executors) {}
}
