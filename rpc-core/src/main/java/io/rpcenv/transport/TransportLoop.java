// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.transport;

import java.util.concurrent.Executor;

/**
 * A serial executor that owns connections: tasks run one at a time, in the order given, and the
 * callbacks of its connections run there, too.
 */
public interface TransportLoop extends Executor {

  /** Returns whether the calling thread is running this loop. */
  boolean inLoop();

  /**
   * Runs a task on this loop, later.
   *
   * @param task the task; dropped with the loop if that has ended
   */
  @Override
  void execute(Runnable task);

  /**
   * Runs a task on this loop after its sockets had their turn: for work that goes on and on, which
   * would otherwise keep the loop from reading. On the loop.
   *
   * @param task the task; dropped with the loop if that has ended
   */
  default void executeAfterIo(Runnable task) {
    execute(task);
  }

  /**
   * Runs a task on this loop after a while.
   *
   * @param task the task; dropped with the loop if that has ended
   * @param delayNanos how long to wait, in nanoseconds
   */
  void schedule(Runnable task, long delayNanos);

  /** Returns the loop's clock, in nanoseconds from an arbitrary origin. */
  long nanoTime();
}
