// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.transport;

/** Marks the threads that run loops: nothing may block there. */
public interface LoopThread {

  /** Returns the threads that this is one of, as made by the provider. */
  TransportThreads threads();
}
