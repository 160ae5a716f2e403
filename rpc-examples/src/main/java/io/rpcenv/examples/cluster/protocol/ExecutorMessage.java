// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

import io.rpcenv.RpcRequest;

/** What an executor understands, all of it from its driver. */
public sealed interface ExecutorMessage {

  /**
   * Run a task. Asked, not sent, so that the driver learns at once if it did not arrive; the reply
   * says that the task was accepted, its result comes with {@code StatusUpdate}.
   *
   * @param task what to run
   */
  record LaunchTask(TaskDescription task) implements ExecutorMessage, RpcRequest<Boolean> {}

  /**
   * Stop a task.
   *
   * @param taskId which one
   * @param reason why, for people
   */
  record KillTask(long taskId, String reason) implements ExecutorMessage {}

  /**
   * The driver wants this executor no longer: end.
   *
   * @param end how to report it: {@code KILLED} if the job is over, {@code LOST} if the master
   *     should start another one in its place
   * @param reason why, for people
   */
  record StopExecutor(ExecutorState end, String reason) implements ExecutorMessage {}
}
