// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.process;

import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cluster.protocol.ApplicationState;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.ExecutorState;
import io.rpcenv.examples.cluster.protocol.MasterMessage;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestMasterState;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.ApplicationSummary;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.ExecutorSummary;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.WorkerSummary;
import io.rpcenv.examples.cluster.protocol.MasterStatus;
import io.rpcenv.examples.cluster.protocol.WorkerState;
import io.rpcenv.examples.cluster.web.WebServer;
import io.rpcenv.examples.cluster.web.WebSettings;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** A master in this process that always says the same, with its page. */
record FakeMaster(RpcEnv env, WebServer web) implements AutoCloseable {

  /** Starts one whose page is at a port; 0: any free one. */
  static FakeMaster start(int port, MasterStateResponse state) throws IOException {
    RpcEnv env = RpcEnv.builder("fake-master").build();
    RpcEndpoint master =
        RpcEndpoint.handling().onAsk(RequestMasterState.class, unused -> state).build();
    WebSettings settings = new WebSettings("127.0.0.1", port, WebSettings.randomToken());
    return new FakeMaster(
        env, WebServer.start(settings, env, env.setupEndpoint(MasterMessage.ENDPOINT, master)));
  }

  static MasterStateResponse standby() {
    return state(MasterStatus.STANDBY, List.of(), List.of());
  }

  /** Returns a state with so many workers and applications, each with an executor. */
  static MasterStateResponse big(int workers, int applications) {
    return state(
        MasterStatus.ALIVE,
        IntStream.range(0, workers).mapToObj(i -> worker("worker-" + i)).toList(),
        IntStream.range(0, applications).mapToObj(FakeMaster::application).toList());
  }

  String url() {
    return web.url();
  }

  @Override
  public void close() {
    web.close();
    env.close();
  }

  private static MasterStateResponse state(
      MasterStatus status, List<WorkerSummary> workers, List<ApplicationSummary> applications) {
    return new MasterStateResponse(
        status, 1, workers, applications, List.of(), List.of(), List.of());
  }

  private static WorkerSummary worker(String id) {
    return new WorkerSummary(
        id, "127.0.0.1:1", WorkerState.ALIVE, 16, 10, 4096, 1024, 10, Instant.EPOCH, "");
  }

  private static ApplicationSummary application(int number) {
    ExecutorId executor = new ExecutorId("app-" + number, 0);
    return new ApplicationSummary(
        executor.appId(),
        "job " + number,
        ApplicationState.RUNNING,
        1,
        512,
        Instant.now(),
        List.of(new ExecutorSummary(executor, "worker-0", ExecutorState.RUNNING, 1)));
  }
}
