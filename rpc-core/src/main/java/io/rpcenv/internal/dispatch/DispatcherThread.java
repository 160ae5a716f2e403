// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A thread of a {@link WorkerPool}. Knows which inbox it runs and which one it waits for. */
public final class DispatcherThread extends Thread {

  private final WorkerPool pool;
  private volatile @Nullable Inbox current;
  private volatile boolean abandoned;

  DispatcherThread(WorkerPool pool, Runnable loop, String name) {
    super(null, loop, name, 0, false);
    this.pool = pool;
    setDaemon(true);
  }

  /** Returns the inbox that this thread is running, if any. */
  public @Nullable Inbox current() {
    return current;
  }

  boolean isAbandoned() {
    return abandoned;
  }

  /** Says that nobody waits for this thread any more. */
  void abandon() {
    abandoned = true;
  }

  void running(@Nullable Inbox inbox) {
    current = inbox;
  }

  /**
   * Says that this thread, the calling one, is about to wait; a spare takes its place.
   *
   * @param target the local endpoint whose thread is waited for, as long as it is one
   * @param what what is waited for, for texts
   * @throws IllegalStateException if that would never end: serial endpoints wait for each other
   */
  public void waitFor(Supplier<@Nullable Inbox> target, String what) {
    Inbox waiter = current;
    if (waiter != null && target.get() != null) {
      waiter.waits().enter(waiter, target, what);
    }
    boolean entered = false;
    try {
      pool.blocking(what);
      entered = true;
    } finally {
      if (!entered) {
        waitOver();
      }
    }
  }

  /** Says that the wait is over. */
  public void waitOver() {
    pool.unblocked();
    Inbox waiter = current;
    if (waiter != null) {
      waiter.waits().leave(waiter);
    }
  }

  WorkerPool pool() {
    return pool;
  }
}
