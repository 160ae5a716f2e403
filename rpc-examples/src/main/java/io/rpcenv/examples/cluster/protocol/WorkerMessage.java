// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

import io.rpcenv.RpcEndpointRef;

/** What a worker understands. Its executors report to it with {@code ExecutorStateChanged}. */
public sealed interface WorkerMessage {

  /** Name of the worker's endpoint. */
  String ENDPOINT = "Worker";

  /**
   * The master does not know this worker (any more): it should register again.
   *
   * @param master who says so
   */
  record ReconnectWorker(RpcEndpointRef master) implements WorkerMessage {}

  /**
   * Start an executor for an application.
   *
   * @param executor what to call it
   * @param appName the application's name, for people
   * @param driver where the executor registers
   */
  record LaunchExecutor(ExecutorId executor, String appName, RpcEndpointRef driver)
      implements WorkerMessage {}

  /**
   * Stop an executor.
   *
   * @param executor which one
   */
  record KillExecutor(ExecutorId executor) implements WorkerMessage {}

  /** The worker's own clock: time for a heartbeat. */
  record SendHeartbeat() implements WorkerMessage {}

  /** The worker's own clock: time to try to register again. */
  record ReregisterWithMaster() implements WorkerMessage {}
}
