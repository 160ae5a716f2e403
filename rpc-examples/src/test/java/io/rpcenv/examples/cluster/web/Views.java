// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import io.rpcenv.examples.cluster.web.ClusterView.ApplicationView;
import io.rpcenv.examples.cluster.web.ClusterView.ExecutorView;
import io.rpcenv.examples.cluster.web.ClusterView.MasterView;
import io.rpcenv.examples.cluster.web.ClusterView.WorkerView;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
    return cluster("ALIVE", workers, applications);
  }

  static ClusterView cluster(
      String master, List<WorkerView> workers, List<ApplicationView> applications) {
    return new ClusterView(
        new MasterView("127.0.0.1:7077", master, Optional.empty()),
        workers,
        applications,
        List.of(),
        List.of());
  }

  /** 200 workers, and 2,000 applications with an executor each. */
  static ClusterView big() {
    List<String> apps = IntStream.range(0, 2_000).mapToObj(i -> "app-mg3k2l-" + i).toList();
    return new ClusterView(
        new MasterView("127.0.0.1:7077", "ALIVE", Optional.of(1L)),
        IntStream.range(0, 200).mapToObj(i -> worker("worker-" + i)).toList(),
        apps.stream().map(Views::application).toList(),
        apps.stream()
            .map(id -> new ExecutorView(id + "/0", id, "worker-" + id.length(), "RUNNING"))
            .toList(),
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
    return application(id, "RUNNING");
  }

  static ApplicationView application(String id, String state) {
    return new ApplicationView(
        id, "name of " + id, state, "", 1, Optional.empty(), Optional.empty(), List.of());
  }
}
