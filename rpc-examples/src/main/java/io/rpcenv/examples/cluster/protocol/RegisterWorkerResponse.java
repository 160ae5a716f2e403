// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

import io.rpcenv.RpcEndpointRef;
import java.time.Duration;

/** The master's answer to {@link MasterMessage.RegisterWorker}. */
public sealed interface RegisterWorkerResponse
    permits RegisterWorkerResponse.RegisteredWorker,
        RegisterWorkerResponse.RegisterWorkerFailed,
        MasterInStandby {

  /**
   * The worker is registered.
   *
   * @param master the master as it calls itself; its address is the one that network events name
   * @param epoch the master's, see {@link WorkerMessage}
   * @param heartbeatInterval how often the master wants to hear from the worker
   * @param duplicate whether the master knew this very worker already, as after a network fault
   *     that only the worker noticed; harmless
   */
  record RegisteredWorker(
      RpcEndpointRef master, long epoch, Duration heartbeatInterval, boolean duplicate)
      implements RegisterWorkerResponse {}

  /**
   * The worker is refused and should not try again.
   *
   * @param epoch the master's, see {@link WorkerMessage}
   * @param message why
   */
  record RegisterWorkerFailed(long epoch, String message) implements RegisterWorkerResponse {}
}
