// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

/** Runs one inbox on threads of its own, which end with it. */
final class DedicatedScheduler implements InboxScheduler {

  private final WorkerPool pool;

  DedicatedScheduler(WorkerPool pool) {
    this.pool = pool;
  }

  @Override
  public void schedule(Inbox inbox) {
    pool.schedule(inbox);
  }

  WorkerPool pool() {
    return pool;
  }
}
