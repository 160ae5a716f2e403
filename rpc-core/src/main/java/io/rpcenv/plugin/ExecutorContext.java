// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.plugin;

import io.rpcenv.RpcException;

/** What the executor part of a plugin is given. Any thread. */
public interface ExecutorContext extends PluginContext {

  /** Returns the executor's id. */
  String executorId();

  /**
   * Sends a message to the driver part; does not wait, and there is no word of its fate.
   *
   * @param message of a class that the env allows
   */
  void send(Object message);

  /**
   * Asks the driver part and blocks until its reply has come, at most {@code rpc.askTimeout} (120 s
   * by default).
   *
   * @param message of a class that the env allows
   * @param replyType the class of the reply
   * @return what {@link DriverPlugin#receive} returned
   * @throws RpcException if that failed, or did not come in time, or this thread was interrupted
   */
  <R> R ask(Object message, Class<R> replyType);
}
