// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

/** Where the handlers of an endpoint run. */
public enum EndpointExecutor {
  /** On the dispatcher threads that all endpoints of the environment share. The default. */
  SHARED,
  /** On threads of the endpoint's own, as many as its parallelism. For handlers that block. */
  DEDICATED,
  /**
   * On the network thread that brought the message. For short handlers that never block;
   * parallelism is 1. In an environment without a transport: as {@link #SHARED}.
   */
  EVENT_LOOP
}
