// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import io.rpcenv.RpcConf;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvSettings;
import io.rpcenv.RpcThreads;

/** One way to make envs that reach each other. */
public interface Wiring {

  /**
   * Makes and starts an env; the caller closes it.
   *
   * @param settings how
   * @return the running env
   */
  RpcEnv open(RpcEnvSettings settings);

  /** Starts threads that envs of this wiring may share; the caller closes them. */
  default RpcThreads threads(String name, RpcConf conf) {
    return RpcThreads.create(name, conf);
  }

  /** Returns whether envs can listen; if not, one env is server and client at once. */
  boolean remote();

  /** Checks that nothing is left once all envs are closed. */
  default void close() {}
}
