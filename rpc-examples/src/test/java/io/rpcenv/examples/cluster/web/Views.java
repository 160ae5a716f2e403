// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import io.rpcenv.examples.cluster.web.ClusterView.ApplicationView;
import io.rpcenv.examples.cluster.web.ClusterView.MasterView;
import io.rpcenv.examples.cluster.web.ClusterView.WorkerView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Clusters as a master might describe them. */
final class Views {

  private Views() {}

  static ClusterView cluster(WorkerView... workers) {
    return cluster(List.of(workers), List.of());
  }

  static ClusterView running(String... appIds) {
    return cluster(List.of(), Stream.of(appIds).map(Views::application).toList());
  }

  static ClusterView cluster(List<WorkerView> workers, List<ApplicationView> applications) {
    return new ClusterView(
        new MasterView("127.0.0.1:7077", "ALIVE", Optional.empty()),
        workers,
        applications,
        List.of(),
        List.of());
  }

  static WorkerView worker(String id) {
    return new WorkerView(
        id,
        "127.0.0.1:1",
        "ALIVE",
        2,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty());
  }

  static ApplicationView application(String id) {
    return new ApplicationView(
        id, "name of " + id, "RUNNING", "", 1, Optional.empty(), Optional.empty(), List.of());
  }
}
