// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcRequest;
import java.time.Duration;

/**
 * What a worker understands. Its executors report to it with {@code ExecutorStateChanged}.
 *
 * <p>Each leadership of a master has a number, its epoch, and each later one a higher one. Every
 * order of a master carries it. A worker does nothing that a master of a lower epoch orders than
 * the highest that it has seen: that one was deposed and may not know it yet.
 */
public sealed interface WorkerMessage {

  /** Name of the worker's endpoint. */
  String ENDPOINT = "Worker";

  /** An order of a master. */
  sealed interface Order extends WorkerMessage {

    /** Returns the number of the master's leadership. */
    long epoch();
  }

  /**
   * The master does not know this worker (any more): it should register again.
   *
   * @param epoch the master's
   */
  record ReconnectWorker(long epoch) implements Order {}

  /**
   * Another master leads now. Answered by {@code WorkerSchedulerStateResponse}.
   *
   * @param master the new one
   * @param epoch its epoch
   * @param heartbeatInterval how often it wants to hear from the worker
   */
  record MasterChanged(RpcEndpointRef master, long epoch, Duration heartbeatInterval)
      implements Order {}

  /**
   * Start an executor for an application.
   *
   * @param epoch the master's
   * @param executor what to call it
   * @param app what the application wants
   * @param cores how many tasks it runs at a time
   * @param driver where the executor registers
   */
  record LaunchExecutor(
      long epoch, ExecutorId executor, ApplicationDescription app, int cores, RpcEndpointRef driver)
      implements Order {}

  /**
   * Stop an executor.
   *
   * @param epoch the master's
   * @param executor which one
   */
  record KillExecutor(long epoch, ExecutorId executor) implements Order {}

  /**
   * Start a driver.
   *
   * @param epoch the master's
   * @param driverId what to call it
   * @param attempt counts how often it was given to a worker, so that reports of an earlier attempt
   *     are told from those of a later one
   * @param description what it is
   */
  record LaunchDriver(long epoch, String driverId, int attempt, DriverDescription description)
      implements Order {}

  /**
   * Stop a driver.
   *
   * @param epoch the master's
   * @param driverId which one
   */
  record KillDriver(long epoch, String driverId) implements Order {}

  /**
   * End when all that runs here has ended.
   *
   * @param epoch the master's
   */
  record Decommission(long epoch) implements Order {}

  /**
   * The process of an executor is there.
   *
   * @param executor which one
   * @param process where to ask for a thread dump, see {@link WatcherMessage}
   */
  record ExecutorAttached(ExecutorId executor, RpcEndpointRef process) implements WorkerMessage {}

  /**
   * A driver's process has found its main class and is about to run it.
   *
   * @param driverId which one
   * @param attempt which of its attempts, see {@link LaunchDriver}
   * @param pid its process
   */
  record DriverStarted(String driverId, int attempt, long pid)
      implements WorkerMessage, RpcRequest<Boolean> {}

  /**
   * The process of an executor is about to end, and says why. Asked, so that it knows that the
   * worker knows.
   *
   * @param executor which one
   * @param state how to report it
   * @param message why, for people
   */
  record ExecutorEnding(ExecutorId executor, ExecutorState state, String message)
      implements WorkerMessage, RpcRequest<Boolean> {}

  /**
   * Someone wants to know what an executor's threads are doing.
   *
   * @param executor which one
   */
  record RequestThreadDump(ExecutorId executor) implements WorkerMessage, RpcRequest<String> {}

  /** The worker's own clock: time for a heartbeat. */
  record SendHeartbeat() implements WorkerMessage {}

  /** The worker's own clock: time to try to register again. */
  record ReregisterWithMaster() implements WorkerMessage {}

  /** The worker's own clock: time to delete folders of applications that are over. */
  record WorkDirCleanup() implements WorkerMessage {}
}
