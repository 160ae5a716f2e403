// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that looks after the deadlines of one env's local asks, or of several envs'. An env
 * without a pending ask costs it nothing.
 */
public final class DeadlineTimer {

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final List<LocalDeadlines> active = new ArrayList<>(); // confined to the thread
  private final EnvThread thread;
  private volatile boolean ended;

  /**
   * Starts the timer.
   *
   * @param name part of the thread's name
   */
  public DeadlineTimer(String name) {
    thread = new EnvThread(name, "timer", this::work);
    thread.start();
  }

  /** Begins to tick deadlines. Any thread; once until they say that they are idle. */
  void tick(LocalDeadlines deadlines) {
    execute(() -> active.add(deadlines));
  }

  /** Ticks deadlines no more, and tells when it has let go of them. */
  void forget(LocalDeadlines deadlines) {
    execute(
        () -> {
          active.remove(deadlines);
          deadlines.forgotten();
        });
  }

  private void execute(Runnable task) {
    tasks.add(task);
    LockSupport.unpark(thread);
  }

  /**
   * Returns whether a thread is the timer's.
   *
   * @param other the thread
   */
  public boolean isTimer(Thread other) {
    return other == thread;
  }

  /** Ends the thread; what is pending is forgotten. */
  public void end() {
    ended = true;
    LockSupport.unpark(thread);
  }

  /**
   * Waits for the thread to be gone.
   *
   * @param nanos how long at most, in nanoseconds: a stage of the user may run on it
   * @throws InterruptedException if this thread is interrupted
   */
  public void awaitEnd(long nanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
  }

  private void work() {
    while (!ended) {
      // What a stage left behind would have every park return at once.
      Thread.interrupted();
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
      if (active.isEmpty()) {
        // A task that came since has unparked this thread: nothing in between has parked it.
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, DeadlineWheel.TICK_NANOS);
        long now = System.nanoTime();
        active.removeIf(deadlines -> !deadlines.tick(now));
      }
    }
  }
}
