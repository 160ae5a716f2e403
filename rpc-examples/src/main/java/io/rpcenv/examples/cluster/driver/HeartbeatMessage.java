// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.RpcRequest;
import io.rpcenv.examples.cluster.protocol.ExecutorId;

/** What the {@link HeartbeatReceiver} understands. */
public sealed interface HeartbeatMessage {

  /** Name of its endpoint. */
  String ENDPOINT = "HeartbeatReceiver";

  /**
   * An executor is alive. Answered by whether it is known; if not, it was given up and ends.
   *
   * @param executor which one
   */
  record Heartbeat(ExecutorId executor) implements HeartbeatMessage, RpcRequest<Boolean> {}

  /**
   * An executor has registered.
   *
   * @param executor which one
   */
  record ExecutorRegistered(ExecutorId executor) implements HeartbeatMessage, RpcRequest<Boolean> {}

  /**
   * An executor is gone, as others have noticed.
   *
   * @param executor which one
   */
  record ExecutorRemoved(ExecutorId executor) implements HeartbeatMessage, RpcRequest<Boolean> {}

  /** The receiver's own clock: time to look for silent executors. */
  record ExpireDeadHosts() implements HeartbeatMessage {}
}
