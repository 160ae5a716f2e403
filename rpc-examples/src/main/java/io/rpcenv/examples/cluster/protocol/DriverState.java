// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

/** What a driver that was submitted to the cluster is doing. */
public enum DriverState {
  /** It waits for a worker. */
  SUBMITTED,
  /** Its process was started. */
  RUNNING,
  /** It ended and waits to be started again. */
  RELAUNCHING,
  /** The master changed; whether it runs is not known yet. */
  UNKNOWN,
  /** It ended with exit code 0. */
  FINISHED,
  /** It was killed because someone asked for it. */
  KILLED,
  /** It ended with another exit code, or its worker was lost. */
  FAILED,
  /** It could not be started. */
  ERROR;

  /** Returns whether it has ended for good. */
  public boolean isFinished() {
    return compareTo(FINISHED) >= 0;
  }
}
