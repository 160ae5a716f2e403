// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcRequest;

/** What the driver of an application understands. */
public sealed interface DriverMessage {

  /** Name of the driver's endpoint. */
  String ENDPOINT = "CoarseGrainedScheduler";

  /**
   * An executor has started and asks what it needs to know before it can run tasks.
   *
   * @param executor its id
   */
  record RetrieveApplicationServices(ExecutorId executor)
      implements DriverMessage, RpcRequest<ApplicationServices> {}

  /**
   * An executor is ready for tasks.
   *
   * @param executor its id
   * @param workerId the worker it runs on
   * @param ref where to send tasks, see {@link ExecutorMessage}
   * @param cores how many tasks it runs at a time
   */
  record RegisterExecutor(ExecutorId executor, String workerId, RpcEndpointRef ref, int cores)
      implements DriverMessage, RpcRequest<RegisterExecutorResponse> {}

  /**
   * A task changed its state. Asked, not sent, so that the executor knows that the result has
   * arrived, and may repeat it if not: the driver counts each task's result once.
   *
   * @param executor who ran it
   * @param taskId which task, see {@link TaskDescription}
   * @param outcome the new state
   */
  record StatusUpdate(ExecutorId executor, long taskId, TaskOutcome outcome)
      implements DriverMessage, RpcRequest<Boolean> {}

  /**
   * An executor is gone; what it was running has to run elsewhere.
   *
   * @param executor which one
   * @param reason why, for people
   */
  record RemoveExecutor(ExecutorId executor, String reason) implements DriverMessage {}

  /**
   * A worker is gone, and with it every executor on it.
   *
   * @param workerId which one
   * @param reason why, for people
   */
  record RemoveWorker(String workerId, String reason) implements DriverMessage {}

  /**
   * The master has taken the application.
   *
   * @param appId the id that it gave it
   */
  record ApplicationRegistered(String appId) implements DriverMessage {}

  /**
   * The master will not have the application.
   *
   * @param reason why, for people
   */
  record ApplicationRefused(String reason) implements DriverMessage {}

  /**
   * The master has ended the application.
   *
   * @param end killed or failed
   * @param reason why, for people
   */
  record ApplicationEnded(ApplicationState end, String reason) implements DriverMessage {}

  /** The job is over: let all executors go. Answered when they have been told. */
  record StopExecutors() implements DriverMessage, RpcRequest<Boolean> {}

  /** The driver's own clock: time to give tasks to idle executors, or to give up waiting. */
  record ReviveOffers() implements DriverMessage {}
}
