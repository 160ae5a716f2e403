// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

/** What an application is doing, as far as the master knows. */
public enum ApplicationState {
  /** It has no executors yet. */
  WAITING,
  /** It has executors. */
  RUNNING,
  /** The master changed; whether it runs is not known yet. */
  UNKNOWN,
  /** It took itself off the list, or its driver went away. */
  FINISHED,
  /** Its executors kept failing. */
  FAILED,
  /** It was killed because someone asked for it. */
  KILLED;

  /** Returns whether it is over. */
  public boolean isFinished() {
    return compareTo(FINISHED) >= 0;
  }
}
