// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the threads of a pool are to run, in the order it came. Of the threads that sleep, the one
 * that fell asleep last is woken first: its caches are warm, and the others may sleep on. Any
 * thread adds and takes.
 */
final class RunQueue {

  /** A thread that has found nothing to run. */
  private static final class Sleeper {

    private final Thread thread = Thread.currentThread();
    private volatile boolean woken;
  }

  private final Queue<Runnable> tasks;
  private final Deque<Sleeper> sleepers = new ArrayDeque<>(); // guarded by itself
  private volatile int sleeping;

  RunQueue() {
    this(new ConcurrentLinkedQueue<>());
  }

  /** Makes one over a queue that tests step in at. */
  RunQueue(Queue<Runnable> tasks) {
    this.tasks = tasks;
  }

  /** Adds a task and wakes a thread for it, if one sleeps. Never blocks. */
  void add(Runnable task) {
    tasks.add(task);
    // A thread that falls asleep says so before it looks a last time: one of the two is seen.
    if (sleeping > 0) {
      wakeOne();
    }
  }

  /** Takes out what is wanted, wherever it stands, in order. */
  List<Runnable> takeAll(Predicate<Runnable> wanted) {
    // Of those that stand there now another thread may take some first.
    return List.copyOf(tasks).stream().filter(wanted).filter(tasks::remove).toList();
  }

  private void wakeOne() {
    Sleeper last;
    synchronized (sleepers) {
      last = sleepers.pollLast();
      sleeping = sleepers.size();
    }
    if (last != null) {
      last.woken = true;
      LockSupport.unpark(last.thread);
    }
  }

  /** Takes the oldest task, or null if there is none. */
  @Nullable Runnable poll() {
    return tasks.poll();
  }

  /**
   * Takes the oldest task; waits for one if there is none.
   *
   * @param nanos how long at most
   * @return the task, or null if none came
   * @throws InterruptedException if this thread is interrupted while it waits
   */
  @SuppressWarnings("ThreadPriorityCheck") // whoever runs instead may have work for this thread
  @Nullable Runnable take(long nanos) throws InterruptedException {
    Runnable task = tasks.poll();
    if (task == null) {
      Thread.yield();
      task = tasks.poll();
    }
    return task == null ? sleep(nanos) : task;
  }

  private @Nullable Runnable sleep(long nanos) throws InterruptedException {
    Sleeper me = new Sleeper();
    synchronized (sleepers) {
      sleepers.addLast(me);
      sleeping = sleepers.size();
    }
    long deadline = System.nanoTime() + nanos;
    boolean interrupted = false;
    Runnable task = tasks.poll();
    for (long left = nanos;
        task == null && !me.woken && !interrupted && left > 0;
        left = deadline - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
      interrupted = Thread.interrupted();
      task = tasks.poll();
    }
    task = wakeUp(me, task);
    if (task == null && interrupted) {
      throw new InterruptedException();
    }
    return task;
  }

  /** Ends a sleep. A wake-up that came for one more task than this thread takes is passed on. */
  private @Nullable Runnable wakeUp(Sleeper me, @Nullable Runnable task) {
    boolean wokenByOther;
    synchronized (sleepers) {
      wokenByOther = !sleepers.removeLastOccurrence(me);
      sleeping = sleepers.size();
    }
    if (!wokenByOther) {
      return task;
    }
    if (task == null) {
      return tasks.poll();
    }
    if (!tasks.isEmpty()) {
      wakeOne();
    }
    return task;
  }
}
