// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.executor;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.Protocol;
import io.rpcenv.examples.cluster.protocol.WatcherMessage;
import io.rpcenv.examples.cluster.protocol.WatcherMessage.TriggerThreadDump;
import io.rpcenv.examples.cluster.protocol.WorkerMessage;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.ExecutorAttached;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CLU-03: who watches the connection with a worker. */
@Timeout(30)
class WorkerWatcherTest {

  private static final ExecutorId EXECUTOR = new ExecutorId("app-1", 0);

  private final RpcEnv workerEnv = env("worker");
  private final RpcEnv other = env("other");
  private final RpcEnv env = env("executor");
  private final CompletableFuture<ExecutorAttached> attached = new CompletableFuture<>();
  private final CompletableFuture<String> gone = new CompletableFuture<>();

  private static RpcEnv env(String name) {
    return RpcEnv.builder(name).listen("127.0.0.1", 0).messages(Protocol.messages()).build();
  }

  @AfterEach
  void close() {
    env.close();
    other.close();
    workerEnv.close();
  }

  @Test
  void onlyTheEndOfTheWorkerIsReported() throws Exception {
    RpcEndpointRef worker = setUp(workerEnv);
    RpcEndpointRef somebody = setUp(other);
    env.setupEndpoint(
        WatcherMessage.ENDPOINT, new WorkerWatcher(worker, Optional.of(EXECUTOR), gone::complete));
    RpcEndpointRef watcher = attached.get(10, SECONDS).process();
    assertThat(attached.join().executor()).isEqualTo(EXECUTOR);

    somebody.send(new ExecutorAttached(EXECUTOR, watcher));
    other.close();
    assertThat(watcher.askSync(new TriggerThreadDump())).contains("process ");
    assertThat(gone).isNotDone();
    workerEnv.close();

    assertThat(gone.get(10, SECONDS))
        .startsWith("the worker at " + worker.address().orElseThrow() + " ");
  }

  /** Makes an endpoint in another env, and connects with it. */
  private RpcEndpointRef setUp(RpcEnv where) {
    where.setupEndpoint(
        WorkerMessage.ENDPOINT,
        RpcEndpoint.handling().onSend(ExecutorAttached.class, attached::complete).build());
    return env.setupEndpointRef(where.address().orElseThrow(), WorkerMessage.ENDPOINT);
  }
}
