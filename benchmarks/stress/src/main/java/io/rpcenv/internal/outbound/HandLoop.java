// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import io.rpcenv.transport.TransportLoop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A loop that runs where the test says so, by one thread after another. */
final class HandLoop implements TransportLoop {

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  /** Runs the oldest task; false if there is none. */
  boolean runOne() {
    Runnable task = tasks.poll();
    if (task != null) {
      task.run();
    }
    return task != null;
  }

  /** Runs what is there, until nothing is. */
  void runAll() {
    while (runOne()) {}
  }

  boolean isIdle() {
    return tasks.isEmpty();
  }

  @Override
  public boolean inLoop() {
    return true;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public void schedule(Runnable task, long delayNanos) {
    throw new IllegalStateException("nothing here waits for a time");
  }

  @Override
  public long nanoTime() {
    return 0;
  }
}
