// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.streaming;

import io.rpcenv.RpcRequest;

/** What the {@link StateStoreCoordinator} understands. */
public sealed interface StateStoreMessage {

  /** Name of its endpoint. */
  String ENDPOINT = "StateStoreCoordinator";

  /**
   * An executor has the newest state of a part; whoever had it before has it no more.
   *
   * @param id which part
   * @param executorId where
   */
  record ReportActiveInstance(StateStoreId id, String executorId)
      implements StateStoreMessage, RpcRequest<Boolean> {}

  /**
   * Is it still this executor that has it? If not, it may forget its copy.
   *
   * @param id which part
   * @param executorId who asks
   */
  record VerifyIfInstanceActive(StateStoreId id, String executorId)
      implements StateStoreMessage, RpcRequest<Boolean> {}

  /**
   * Who has the newest state of a part?
   *
   * @param id which part
   */
  record GetLocation(StateStoreId id) implements StateStoreMessage, RpcRequest<StateLocation> {}

  /**
   * A stream is over; answered by how many parts that were.
   *
   * @param store which stream's
   */
  record DeactivateInstances(int store) implements StateStoreMessage, RpcRequest<Integer> {}

  /**
   * An executor is gone; answered by how many parts it had.
   *
   * @param executorId which one
   */
  record RemoveInstancesOf(String executorId) implements StateStoreMessage, RpcRequest<Integer> {}

  /** The application ends. Answered, then the endpoint stops. */
  record StopStateStoreCoordinator() implements StateStoreMessage, RpcRequest<Boolean> {}

  /**
   * Answers {@link GetLocation}.
   *
   * @param executorId who has it; empty if nobody
   */
  record StateLocation(String executorId) {}
}
