// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.transport;

import java.util.concurrent.Executor;

/**
 * The threads that transports run on: of one env, or of several that share them. Each runs one
 * {@link TransportLoop} per transport.
 */
public interface TransportThreads {

  /** Returns one of the threads, another one each time in turn, for short tasks. Any thread. */
  Executor next();

  /** Ends the threads after what they were given. Never blocks; ending twice ends once. */
  void shutdown();

  /**
   * Waits for the threads to be gone.
   *
   * @param nanos how long at most, in nanoseconds
   * @return whether they are
   * @throws InterruptedException if this thread is interrupted
   */
  boolean awaitEnd(long nanos) throws InterruptedException;
}
