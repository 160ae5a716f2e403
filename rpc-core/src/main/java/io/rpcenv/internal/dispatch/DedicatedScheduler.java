// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

/**
 * Runs one inbox on threads of its own, which end with it. What is scheduled after that only has to
 * be refused, and the shared threads do it.
 */
final class DedicatedScheduler implements InboxScheduler {

  private final WorkerPool own;
  private final WorkerPool shared;

  DedicatedScheduler(WorkerPool own, WorkerPool shared) {
    this.own = own;
    this.shared = shared;
  }

  @Override
  public void schedule(Inbox inbox) {
    own.schedule(inbox);
  }

  @Override
  public void terminated() {
    own.end();
    own.drainTo(shared);
  }
}
