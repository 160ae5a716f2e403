// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvSettings;

/** One way to make envs that reach each other. */
public interface Wiring {

  /**
   * Makes and starts an env; the caller closes it.
   *
   * @param settings how
   * @return the running env
   */
  RpcEnv open(RpcEnvSettings settings);

  /** Returns whether envs can listen; if not, one env is server and client at once. */
  boolean remote();

  /** Checks that nothing is left once all envs are closed. */
  default void close() {}
}
