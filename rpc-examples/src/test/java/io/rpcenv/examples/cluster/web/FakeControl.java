// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/** A master that is what the test says, and notes what is wanted of it. */
final class FakeControl implements ClusterControl {

  final BlockingQueue<String> wanted = new LinkedBlockingQueue<>();
  volatile CompletionStage<ClusterView> state =
      CompletableFuture.completedFuture(
          Views.cluster(
              List.of(Views.worker("w1"), Views.worker("<b>w/2</b>")),
              List.of(Views.application("app-1"))));

  volatile Outcome outcome = new Outcome(Result.DONE, "it is done");
  volatile boolean takesDrivers;

  @Override
  public CompletionStage<ClusterView> state() {
    return state;
  }

  @Override
  public CompletionStage<Outcome> killApplication(String appId, String reason) {
    wanted.add("kill " + appId + ": " + reason);
    return done();
  }

  @Override
  public CompletionStage<Outcome> decommissionWorker(String workerId) {
    wanted.add("decommission " + workerId);
    return done();
  }

  @Override
  public CompletionStage<Outcome> submitDriver(DriverSubmission driver) {
    if (!takesDrivers) {
      return ClusterControl.super.submitDriver(driver);
    }
    wanted.add("submit " + driver.mainClass());
    return CompletableFuture.completedFuture(new Outcome(Result.DONE, "driver-7"));
  }

  private CompletionStage<Outcome> done() {
    return CompletableFuture.completedFuture(outcome);
  }
}
