// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

/** A thread of a {@link WorkerPool}. */
final class DispatcherThread extends Thread {

  private final Runner runner;

  DispatcherThread(WorkerPool pool, Runnable loop, String name) {
    super(null, loop, name, 0, false);
    this.runner = new Runner(this, pool);
    setDaemon(true);
  }

  /** Returns what runs on it. */
  Runner runner() {
    return runner;
  }
}
