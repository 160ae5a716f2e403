// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

/** What a master is doing. */
public enum MasterStatus {
  /** Another master leads; this one waits to take over. */
  STANDBY,
  /** It leads, and finds out who of those that its predecessor knew is still there. */
  RECOVERING,
  /** It leads. */
  ALIVE
}
