// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.RpcConf;
import io.rpcenv.transport.PollTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the threads of a pool are to run, in the order it came. Of the threads that sleep, the one
 * that fell asleep last is woken first: its caches are warm, and the others may sleep on. Any
 * thread adds and takes.
 *
 * <p>A thread that finds nothing polls for a while before it sleeps, if no other does; for a task
 * that it will find none is woken. How long is learnt, see {@link PollTime}.
 */
final class RunQueue {

  /** A thread that has found nothing to run. */
  private static final class Sleeper {

    private final Thread thread = Thread.currentThread();
    private volatile boolean woken;
    private long wokenNanos; // written before woken
  }

  private final PollTime pollTime;
  private final Queue<Runnable> tasks;
  private final LongSupplier clock;
  private final Deque<Sleeper> sleepers = new ArrayDeque<>(); // guarded by itself
  private volatile int sleeping;

  /** Whether a thread looks for a task and is not asleep yet: one, that suffices. */
  private final AtomicBoolean searching = new AtomicBoolean();

  RunQueue(RpcConf conf) {
    this(new PollTime(conf, System::nanoTime), new ConcurrentLinkedQueue<>(), System::nanoTime);
  }

  /** Makes one over a queue and a clock, in nanoseconds, that tests step in at. */
  RunQueue(PollTime pollTime, Queue<Runnable> tasks, LongSupplier clock) {
    this.pollTime = pollTime;
    this.tasks = tasks;
    this.clock = clock;
  }

  /** Adds a task and wakes a thread for it, if one sleeps and none will find it. Never blocks. */
  void add(Runnable task) {
    boolean first = tasks.isEmpty();
    tasks.add(task);
    // A thread that falls asleep says so, and that it looks no more, before it looks a last time:
    // either that look finds the task, or this one finds it asleep.
    if (sleeping > 0 && !(first && searching.get())) {
      wakeOne();
    }
  }

  /**
   * Wakes a thread for what others left to this one, which has taken a task: its wake-up, or its
   * looking, may have stood for more than one.
   */
  private void wakeForRest() {
    if (sleeping > 0 && !searching.get() && !tasks.isEmpty()) {
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
      last.wokenNanos = clock.getAsLong();
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
  @Nullable Runnable take(long nanos) throws InterruptedException {
    Runnable task = tasks.poll();
    if (task != null) {
      return task;
    }
    long start = clock.getAsLong();
    boolean searches = searching.compareAndSet(false, true);
    task = searches ? search(start) : null;
    if (task == null) {
      return sleep(start, nanos, searches);
    }
    wakeForRest();
    return task;
  }

  /** Looks again and again; goes on as the one who does if it has found nothing. */
  private @Nullable Runnable search(long start) {
    boolean goesOn = false;
    try {
      Runnable task = null;
      while (task == null && pollTime.again(start)) {
        task = tasks.poll();
      }
      if (task != null) {
        pollTime.found(clock.getAsLong() - start);
      }
      goesOn = task == null;
      return task;
    } finally {
      if (!goesOn) {
        searching.set(false);
      }
    }
  }

  private @Nullable Runnable sleep(long start, long nanos, boolean searched)
      throws InterruptedException {
    Sleeper me = fallAsleep(searched);
    boolean interrupted = false;
    Runnable task = tasks.poll();
    for (long left = nanos;
        task == null && !me.woken && !interrupted && left > 0;
        left = nanos - (clock.getAsLong() - start)) {
      LockSupport.parkNanos(this, left);
      interrupted = Thread.interrupted();
      task = tasks.poll();
    }
    task = wakeUp(me, task);
    if (searched) {
      pollTime.learn((me.woken ? me.wokenNanos : clock.getAsLong()) - start);
    }
    if (task == null && interrupted) {
      throw new InterruptedException();
    }
    return task;
  }

  private Sleeper fallAsleep(boolean searched) {
    try {
      Sleeper me = new Sleeper();
      synchronized (sleepers) {
        sleepers.addLast(me);
        sleeping = sleepers.size();
      }
      return me;
    } finally {
      if (searched) {
        searching.set(false); // whatever happens: nobody is woken while one looks
      }
    }
  }

  /** Ends a sleep, with the task that was found, or with one that another woke this thread for. */
  private @Nullable Runnable wakeUp(Sleeper me, @Nullable Runnable found) {
    boolean wokenByOther;
    synchronized (sleepers) {
      wokenByOther = !sleepers.removeLastOccurrence(me);
      sleeping = sleepers.size();
    }
    Runnable task = found == null && wokenByOther ? tasks.poll() : found;
    if (task != null) {
      wakeForRest();
    }
    return task;
  }
}
