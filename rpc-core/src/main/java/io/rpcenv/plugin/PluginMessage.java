// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.plugin;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcRequest;
import java.io.Serializable;
import java.util.Map;

/**
 * What the two halves of the framework tell each other. Every env with plugins allows these classes
 * and the plugins' own: {@code RpcEnv.builder(name).messages(PluginMessage.class, ...)}.
 */
public sealed interface PluginMessage extends Serializable {

  /**
   * Says that an executor part is about to begin.
   *
   * @param executorId its executor
   * @param part where it takes messages
   */
  record Join(String executorId, RpcEndpointRef part)
      implements PluginMessage, RpcRequest<Joined> {}

  /**
   * Answers {@link Join}.
   *
   * @param extraConf what the driver part returned from its start
   */
  record Joined(Map<String, String> extraConf) implements PluginMessage {}

  /** Says that an executor part ends; answered when all that it sent before has been taken. */
  record Leave(String executorId) implements PluginMessage, RpcRequest<Boolean> {}

  /**
   * Passes a message on to the executor parts.
   *
   * @param executorId which one; empty: all
   * @param message the plugin's own
   */
  record Forward(String executorId, Object message) implements PluginMessage {}
}
