// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * A thread of a {@link WorkerPool}. Knows which inbox it is running, for those who must not wait.
 */
public final class DispatcherThread extends Thread {

  private final WorkerPool pool;
  private volatile @Nullable Inbox current;

  DispatcherThread(WorkerPool pool, Runnable loop, String name) {
    super(null, loop, name, 0, false);
    this.pool = pool;
    setDaemon(true);
  }

  /** Returns the inbox that this thread is running, if any. */
  public @Nullable Inbox current() {
    return current;
  }

  /** Returns the pool that this thread belongs to. */
  public WorkerPool pool() {
    return pool;
  }

  void running(@Nullable Inbox inbox) {
    current = inbox;
  }
}
