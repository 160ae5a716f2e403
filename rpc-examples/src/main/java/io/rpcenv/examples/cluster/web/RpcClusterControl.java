// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcRequest;
import io.rpcenv.examples.cluster.protocol.DriverDescription;
import io.rpcenv.examples.cluster.protocol.KillResponse;
import io.rpcenv.examples.cluster.protocol.MasterMessage.DecommissionWorker;
import io.rpcenv.examples.cluster.protocol.MasterMessage.KillApplication;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestKillDriver;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestMasterState;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestSubmitDriver;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.ApplicationSummary;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.DriverSummary;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.ExecutorSummary;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.WorkerSummary;
import io.rpcenv.examples.cluster.web.ClusterView.ApplicationView;
import io.rpcenv.examples.cluster.web.ClusterView.DriverView;
import io.rpcenv.examples.cluster.web.ClusterView.ExecutorView;
import io.rpcenv.examples.cluster.web.ClusterView.MasterView;
import io.rpcenv.examples.cluster.web.ClusterView.WorkerView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Asks the master's endpoint. The one place that knows both its messages and what is shown. */
final class RpcClusterControl implements ClusterControl {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_EXECUTORS = 5_000;
  private static final long MEBIBYTE = 1L << 20;

  private final RpcEndpointRef master;
  private final String address;

  /**
   * Makes one.
   *
   * @param master the master's endpoint
   * @param address where it listens, for people
   */
  RpcClusterControl(RpcEndpointRef master, Optional<RpcAddress> address) {
    this.master = master;
    this.address = address.map(RpcAddress::hostPort).orElse("");
  }

  @Override
  public CompletionStage<ClusterView> state() {
    return master.ask(new RequestMasterState(), TIMEOUT).thenApply(this::view);
  }

  @Override
  public CompletionStage<Outcome> killApplication(String appId, String reason) {
    return end(new KillApplication(appId));
  }

  @Override
  public CompletionStage<Outcome> decommissionWorker(String workerId) {
    return end(new DecommissionWorker(workerId));
  }

  @Override
  public CompletionStage<Outcome> submitDriver(DriverSubmission driver) {
    DriverDescription description =
        new DriverDescription(
            driver.jar(),
            driver.mainClass(),
            driver.arguments(),
            driver.cores(),
            (int) (driver.memory() / MEBIBYTE),
            driver.supervise());
    return master
        .ask(new RequestSubmitDriver(description), TIMEOUT)
        .thenApply(
            answer ->
                answer.success()
                    ? new Outcome(Result.DONE, answer.driverId())
                    : new Outcome(Result.REFUSED, answer.message()));
  }

  @Override
  public CompletionStage<Outcome> killDriver(String driverId) {
    return end(new RequestKillDriver(driverId));
  }

  private CompletionStage<Outcome> end(RpcRequest<KillResponse> request) {
    return master
        .ask(request, TIMEOUT)
        .thenApply(
            answer ->
                new Outcome(answer.success() ? Result.DONE : Result.REFUSED, answer.message()));
  }

  private ClusterView view(MasterStateResponse state) {
    Optional<Long> epoch = Optional.of(state.epoch()).filter(number -> number > 0);
    return new ClusterView(
        new MasterView(address, state.status().name(), epoch),
        state.workers().stream().map(RpcClusterControl::view).toList(),
        Stream.concat(state.activeApps().stream(), state.completedApps().stream())
            .map(RpcClusterControl::view)
            .toList(),
        state.activeApps().stream()
            .flatMap(app -> app.executors().stream())
            .limit(MAX_EXECUTORS)
            .map(RpcClusterControl::view)
            .toList(),
        Stream.concat(state.activeDrivers().stream(), state.completedDrivers().stream())
            .map(RpcClusterControl::view)
            .toList());
  }

  private static WorkerView view(WorkerSummary worker) {
    return new WorkerView(
        worker.id(),
        worker.address(),
        worker.state().name(),
        worker.cores(),
        Optional.of(worker.coresUsed()),
        Optional.of(worker.memory() * MEBIBYTE),
        Optional.of(worker.memoryUsed() * MEBIBYTE),
        worker.executors(),
        Optional.empty());
  }

  private static ApplicationView view(ApplicationSummary app) {
    return new ApplicationView(
        app.id(),
        app.name(),
        app.state().name(),
        "",
        app.executors().size(),
        Optional.of(app.startTime().toEpochMilli()),
        Optional.empty(),
        List.of());
  }

  private static ExecutorView view(ExecutorSummary executor) {
    return new ExecutorView(
        executor.id().toString(),
        executor.id().appId(),
        executor.workerId(),
        executor.state().name());
  }

  private static DriverView view(DriverSummary driver) {
    return new DriverView(
        driver.id(),
        driver.mainClass(),
        driver.state().name(),
        driver.message(),
        Optional.of(driver.workerId()).filter(id -> !id.isEmpty()));
  }
}
