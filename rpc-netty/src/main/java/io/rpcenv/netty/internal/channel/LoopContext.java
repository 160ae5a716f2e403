// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.channel;

import io.rpcenv.transport.TransportLoop;

/** What a connection needs of the loop that it belongs to. */
public interface LoopContext {

  /** Returns the loop as the core sees it. */
  TransportLoop loop();

  /** Returns an array for the use of one call on this loop. */
  byte[] scratch();

  /** Says that there is something to do, which may have woken this loop. */
  void awake();

  /** Returns the buffers that this loop's connections share. */
  BatchBuffers batches();
}
