// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.plugin;

import io.rpcenv.RpcFuture;
import java.util.Set;

/** What the driver part of a plugin is given. Any thread. */
public interface DriverContext extends PluginContext {

  /** Returns the ids of the executors in which the executor part runs now. */
  Set<String> executors();

  /**
   * Sends a message to the executor part in one executor; does not wait.
   *
   * @param executorId one of {@link #executors}
   * @param message of a class that the env allows
   * @throws IllegalArgumentException if it does not run there; nothing is sent
   */
  void send(String executorId, Object message);

  /**
   * Sends a message to every executor part that runs now; does not wait.
   *
   * @param message of a class that the env allows
   */
  void sendToAll(Object message);

  /**
   * Asks the executor part in one executor. Does not wait; the future fails after {@code
   * rpc.askTimeout}, 120 s by default. A driver part that waits for it while that executor part
   * waits for this driver part waits in vain.
   *
   * @param executorId one of {@link #executors}
   * @param message of a class that the env allows
   * @param replyType the class of the reply
   * @return the reply
   * @throws IllegalArgumentException if it does not run there; nothing is sent
   */
  <R> RpcFuture<R> ask(String executorId, Object message, Class<R> replyType);
}
