// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cluster.protocol.ExecutorState;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.LaunchExecutor;
import java.io.IOException;

/** How a worker starts executors. Called by the worker's endpoint, one call at a time. */
public interface ExecutorLauncher {

  /**
   * The worker that asks.
   *
   * @param id its name
   * @param ref where executors report, with {@code ExecutorStateChanged}
   * @param env its env
   */
  record Host(String id, RpcEndpointRef ref, RpcEnv env) {}

  /** An executor that was started. */
  interface Handle {

    /** Returns whether it runs in the worker's own process. */
    boolean isInProcess();

    /** Ends it, soon. Its end is reported as {@link ExecutorState#KILLED}. */
    void kill();

    /** Ends it at once, because the worker ends; nothing is reported. */
    void abandon();

    /**
     * The executor has said that it is about to end, and why: to be reported once it has.
     *
     * @param state how it ends
     * @param message why, for people
     */
    void ending(ExecutorState state, String message);
  }

  /**
   * Starts an executor. The worker is told when it runs, and once when and how it has ended.
   *
   * @param order what to start
   * @param host for whom
   * @throws IOException if it cannot be started; nothing is reported then
   */
  Handle launch(LaunchExecutor order, Host host) throws IOException;
}
