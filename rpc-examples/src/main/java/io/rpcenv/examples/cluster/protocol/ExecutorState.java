// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

/** What an executor is doing. */
public enum ExecutorState {
  /** The master has ordered it. */
  LAUNCHING,
  /** Started. */
  RUNNING,
  /** Ended because the master or the driver said so. */
  KILLED,
  /** Ended by a fault of its own. */
  FAILED,
  /** Ended because its driver or its worker is gone. */
  LOST;

  /** Returns whether it has ended. */
  public boolean isFinished() {
    return compareTo(RUNNING) > 0;
  }
}
