// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

/** What the master thinks of a worker. */
public enum WorkerState {
  /** It may get executors and drivers. */
  ALIVE,
  /** The master changed; whether it is there is not known yet. */
  UNKNOWN,
  /** It finishes what it runs, gets nothing more, and then ends. */
  DECOMMISSIONED
}
