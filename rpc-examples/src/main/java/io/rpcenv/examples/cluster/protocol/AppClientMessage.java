// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcRequest;
import java.util.UUID;

/**
 * What the client part of an application understands, nearly all of it from the master. It heeds
 * nothing from a master of a lower epoch than the highest it has seen, see {@link WorkerMessage}.
 */
public sealed interface AppClientMessage {

  /**
   * Returns a name for a client's endpoint that no other has: a driver that takes over the port of
   * one that died is not to be taken for it.
   */
  static String newEndpointName() {
    return "AppClient-" + UUID.randomUUID();
  }

  /** What a master says. */
  sealed interface Notice extends AppClientMessage {

    /** Returns the number of the master's leadership. */
    long epoch();
  }

  /**
   * An executor is being started for the application.
   *
   * @param epoch the master's
   * @param executor its id
   * @param workerId the worker it runs on
   */
  record ExecutorAdded(long epoch, ExecutorId executor, String workerId) implements Notice {}

  /**
   * An executor changed its state.
   *
   * @param epoch the master's
   * @param executor its id
   * @param state its new state
   * @param message why, for people
   */
  record ExecutorUpdated(long epoch, ExecutorId executor, ExecutorState state, String message)
      implements Notice {}

  /**
   * A worker is gone, and with it every executor on it.
   *
   * @param epoch the master's
   * @param workerId the worker
   * @param message why the master thinks so, for people
   */
  record WorkerRemoved(long epoch, String workerId, String message) implements Notice {}

  /**
   * Another master leads now. Answered by {@code MasterChangeAcknowledged}.
   *
   * @param master the new one
   * @param epoch its epoch, see {@link WorkerMessage}
   */
  record MasterChanged(RpcEndpointRef master, long epoch) implements Notice {}

  /**
   * The master has ended the application.
   *
   * @param epoch the master's
   * @param end killed or failed
   * @param message why, for people
   */
  record ApplicationRemoved(long epoch, ApplicationState end, String message) implements Notice {}

  /**
   * The driver has given up an executor that is silent; it tells its own client.
   *
   * @param executor which one
   * @param reason why, for people
   */
  record ExecutorExpired(ExecutorId executor, String reason) implements AppClientMessage {}

  /** The application is over: take it off the master's list. Answered when that has been sent. */
  record StopAppClient() implements AppClientMessage, RpcRequest<Boolean> {}
}
