// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcRequest;
import java.util.List;

/** What the master understands. */
public sealed interface MasterMessage {

  /** Name of the master's endpoint. */
  String ENDPOINT = "Master";

  /**
   * A worker offers itself.
   *
   * @param id the worker's name, unique in the cluster
   * @param incarnation random number of the worker's process, so that a restarted worker that took
   *     over its predecessor's name and port is told from it
   * @param worker where to reach the worker
   * @param cores how many tasks it runs at a time
   */
  record RegisterWorker(String id, long incarnation, RpcEndpointRef worker, int cores)
      implements MasterMessage, RpcRequest<RegisterWorkerResponse> {}

  /**
   * A worker is alive.
   *
   * @param id the worker's name
   * @param worker where to tell it to register again, if the master does not know it
   */
  record Heartbeat(String id, RpcEndpointRef worker) implements MasterMessage {}

  /**
   * A worker that has just registered says what still runs on it, so that the master can kill what
   * nobody needs any more.
   *
   * @param id the worker's name
   * @param executors what runs there
   */
  record WorkerLatestState(String id, List<ExecutorId> executors) implements MasterMessage {}

  /**
   * An executor changed its state.
   *
   * @param executor which one
   * @param state its new state
   * @param message why, for people
   */
  record ExecutorStateChanged(ExecutorId executor, ExecutorState state, String message)
      implements MasterMessage {}

  /**
   * An application asks for executors.
   *
   * @param name what to call it
   * @param client who is told about executors, see {@link AppClientMessage}
   * @param driver where executors register
   */
  record RegisterApplication(String name, RpcEndpointRef client, RpcEndpointRef driver)
      implements MasterMessage, RpcRequest<RegisteredApplication> {}

  /**
   * An application has ended; its executors may go.
   *
   * @param appId the id that the master gave it
   */
  record UnregisterApplication(String appId) implements MasterMessage {}

  /** Someone wants to know how the cluster is. */
  record RequestMasterState() implements MasterMessage, RpcRequest<MasterStateResponse> {}

  /** The master's own clock: time to look for silent workers. */
  record CheckForWorkerTimeOut() implements MasterMessage {}
}
