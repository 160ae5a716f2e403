// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

import io.rpcenv.RpcRequest;

/** What the client part of an application understands, nearly all of it from the master. */
public sealed interface AppClientMessage {

  /** Name of the client's endpoint. */
  String ENDPOINT = "AppClient";

  /**
   * An executor is being started for the application.
   *
   * @param executor its id
   * @param workerId the worker it runs on
   */
  record ExecutorAdded(ExecutorId executor, String workerId) implements AppClientMessage {}

  /**
   * An executor changed its state.
   *
   * @param executor its id
   * @param state its new state
   * @param message why, for people
   */
  record ExecutorUpdated(ExecutorId executor, ExecutorState state, String message)
      implements AppClientMessage {}

  /**
   * A worker is gone, and with it every executor on it.
   *
   * @param workerId the worker
   * @param message why the master thinks so, for people
   */
  record WorkerRemoved(String workerId, String message) implements AppClientMessage {}

  /**
   * The master has given up on the application.
   *
   * @param message why
   */
  record ApplicationRemoved(String message) implements AppClientMessage {}

  /** The application is over: take it off the master's list. Answered when that has been sent. */
  record StopAppClient() implements AppClientMessage, RpcRequest<Boolean> {}
}
