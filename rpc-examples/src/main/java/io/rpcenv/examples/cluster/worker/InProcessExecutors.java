// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.examples.cluster.executor.CoarseGrainedExecutorBackend;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.ExecutorState;
import io.rpcenv.examples.cluster.protocol.MasterMessage.ExecutorStateChanged;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.LaunchExecutor;

/**
 * Runs executors as endpoints of the worker's own env: quick to start, with no limits of their own.
 * For tests, and for many workers in one process.
 */
public final class InProcessExecutors implements ExecutorLauncher {

  @Override
  public Handle launch(LaunchExecutor order, Host host) {
    ExecutorId id = order.executor();
    RpcEndpointRef executor =
        host.env()
            .setupEndpoint(
                id.endpointName(),
                new CoarseGrainedExecutorBackend(
                    id, host.id(), order.cores(), order.driver(), host.ref()::send, plugins -> {}));
    return new Handle() {
      @Override
      public boolean isInProcess() {
        return true;
      }

      @Override
      public void kill() {
        host.env().stop(executor);
        host.ref().send(new ExecutorStateChanged(id, ExecutorState.KILLED, "the master said so"));
      }

      @Override
      public void abandon() {
        // It goes with the env.
      }

      @Override
      public void ending(ExecutorState state, String message) {
        // It reports its end by itself.
      }
    };
  }
}
