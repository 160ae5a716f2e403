// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

/**
 * Makes envs; found as a service by {@link RpcEnv.Builder#build()}. rpc-core itself provides one,
 * so users never implement this.
 */
public interface RpcEnvProvider {

  /**
   * Makes and starts an env.
   *
   * @param settings what the builder was told
   * @return the running env
   * @throws IllegalStateException if a listener is asked for and no transport is present
   * @throws RpcConnectionException if no port could be bound
   */
  RpcEnv create(RpcEnvSettings settings);

  /**
   * Starts threads for several envs.
   *
   * @param name part of their names
   * @param conf how many
   * @return the threads
   */
  RpcThreads createThreads(String name, RpcConf conf);
}
