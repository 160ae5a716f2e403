// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.plugin;

import java.util.Optional;

/**
 * An extension: a part that runs once, beside the driver, and a part that runs in each executor.
 * Either may be absent. Named by its class, which needs a public constructor without arguments; see
 * {@link RpcPlugins#load}.
 */
public interface RpcPlugin {

  /** Returns a new driver part, or empty if there is none. Called once, in the driver. */
  default Optional<DriverPlugin> driverPlugin() {
    return Optional.empty();
  }

  /** Returns a new executor part, or empty if there is none. Called once in each executor. */
  default Optional<ExecutorPlugin> executorPlugin() {
    return Optional.empty();
  }
}
