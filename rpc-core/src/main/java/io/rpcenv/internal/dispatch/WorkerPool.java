// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.RpcConf;
import io.rpcenv.RpcConfKeys;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that run inboxes, of one env or of several that share them. A fixed number of them, plus
 * one for each that is blocked in a call of ours, up to a limit, so that a blocked handler does not
 * hold up others.
 *
 * <p>A thread that dies of a {@link VirtualMachineError} is replaced; the error reaches its
 * uncaught exception handler.
 */
public final class WorkerPool implements InboxScheduler, RunnerHost {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);
  private static final long SPARE_IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String threadPrefix;
  private final int size;
  private final int maxSpares;
  private final Consumer<WorkerPool> onEnd;
  private final RunQueue runnable;
  private final Set<DispatcherThread> threads = ConcurrentHashMap.newKeySet();
  private final AtomicInteger live = new AtomicInteger();
  private final AtomicInteger blocked = new AtomicInteger();
  private final AtomicInteger abandoned = new AtomicInteger();
  private final AtomicInteger serial = new AtomicInteger();
  private final AtomicBoolean warned = new AtomicBoolean();
  private volatile boolean ended;
  private final Consumer<Thread> starter;

  /**
   * Makes the pool for endpoints with executor SHARED and starts its threads.
   *
   * @param name part of their names
   * @param conf how many, how many spares, and how long they look for work before they sleep
   */
  public static WorkerPool shared(String name, RpcConf conf) {
    return new WorkerPool(
        "rpc-" + name + "-dispatcher-",
        conf.get(RpcConfKeys.DISPATCHER_THREADS),
        conf.get(RpcConfKeys.MAX_SPARE_THREADS),
        conf,
        ended -> {});
  }

  /**
   * Makes a pool and starts its threads.
   *
   * @param threadPrefix what their names begin with
   * @param size how many
   * @param maxSpares how many more at most while some are blocked
   * @param conf how long a thread looks for work before it sleeps
   * @param onEnd told when its last thread ends
   */
  WorkerPool(
      String threadPrefix, int size, int maxSpares, RpcConf conf, Consumer<WorkerPool> onEnd) {
    this(threadPrefix, size, maxSpares, conf, onEnd, Thread::start);
  }

  WorkerPool(
      String threadPrefix,
      int size,
      int maxSpares,
      RpcConf conf,
      Consumer<WorkerPool> onEnd,
      Consumer<Thread> starter) {
    this.runnable = new RunQueue(conf);
    this.starter = starter;
    this.threadPrefix = threadPrefix;
    this.size = size;
    this.maxSpares = maxSpares;
    this.onEnd = onEnd;
    addThreads();
  }

  @Override
  public void schedule(Inbox inbox) {
    runnable.add(inbox);
    if (ended && inbox.isStopped()) {
      refuseLate();
    }
  }

  /**
   * Runs a task that is no inbox's, soon. Any thread.
   *
   * @param task the task; short, never blocks, throws nothing
   */
  void execute(Runnable task) {
    runnable.add(task);
    if (ended) {
      refuseLate();
    }
  }

  /** After the end what comes in is only to be refused, and no thread is left for that. */
  private void refuseLate() {
    for (Runnable task = runnable.poll(); task != null; task = runnable.poll()) {
      if (!(task instanceof Inbox inbox) || inbox.isStopped()) {
        task.run();
      }
    }
  }

  // Blocking

  /**
   * Says that the calling thread, one of this pool's, is about to block; a spare takes its place.
   *
   * @param what for the warning
   */
  @Override
  public void blocking(String what) {
    blocked.incrementAndGet();
    if (maxSpares > 0 && warned.compareAndSet(false, true)) {
      LOG.warn(
          "[{}] {} blocks a dispatcher thread; a spare thread takes its place"
              + " (better: ask and go on in a stage, or EndpointExecutor.DEDICATED)",
          Thread.currentThread().getName(),
          what,
          new Throwable("blocked here"));
    }
    addThreads();
  }

  /** Says that the calling thread goes on. */
  @Override
  public void unblocked() {
    blocked.decrementAndGet();
  }

  private int wanted() {
    return size + Math.min(blocked.get(), maxSpares) + abandoned.get();
  }

  private void addThreads() {
    for (int n = live.get(); n < wanted() && !ended; n = live.get()) {
      if (live.compareAndSet(n, n + 1) && !startThread()) {
        return;
      }
    }
  }

  /** Starts a thread that is counted; without it the pool goes on with those it has. */
  private boolean startThread() {
    DispatcherThread thread =
        new DispatcherThread(this, this::work, threadPrefix + serial.incrementAndGet());
    threads.add(thread);
    try {
      starter.accept(thread);
      return true;
    } catch (RuntimeException | Error e) {
      threads.remove(thread);
      if (live.decrementAndGet() == 0) {
        throw e; // there is no other
      }
      LOG.warn("[{}] cannot be started; its work waits for other threads", thread.getName(), e);
      return false;
    }
  }

  /** Counts a thread out if there are more than wanted. */
  private boolean retire() {
    for (int n = live.get(); n > wanted(); n = live.get()) {
      if (live.compareAndSet(n, n - 1)) {
        return true;
      }
    }
    return false;
  }

  // The threads

  private void work() {
    DispatcherThread thread = (DispatcherThread) Thread.currentThread();
    boolean retired = false;
    try {
      while (!ended && !retired) {
        runNext(thread.runner());
        retired = retire();
      }
    } finally {
      if (!ended) {
        threads.remove(thread); // else awaitEnd looks for it
      }
      if (!retired) {
        boolean last = live.decrementAndGet() == 0;
        if (ended && last) {
          onEnd.accept(this);
        }
        addThreads();
      }
    }
  }

  private void runNext(Runner runner) {
    Runnable task;
    try {
      task = runnable.take(SPARE_IDLE_NANOS);
    } catch (InterruptedException e) {
      return; // told to look whether the pool has ended
    }
    if (task == null) {
      return;
    }
    runner.begin(task instanceof Work work ? work : null);
    try {
      task.run();
    } finally {
      if (runner.end()) {
        abandoned.decrementAndGet(); // it is one of the pool's again
      }
    }
  }

  // The end

  @Override
  public void interruptRunning(Dispatcher owner) {
    threads.forEach(thread -> thread.runner().interrupt(owner));
  }

  /**
   * Gives up on the handlers that are still running: each is named with its stack, and another
   * thread takes its place so that what waits behind it still runs, until it comes back.
   */
  @Override
  public void abandonRunning(Dispatcher owner) {
    for (DispatcherThread thread : threads) {
      if (thread.runner().abandon(owner)) {
        abandoned.incrementAndGet();
      }
    }
    addThreads();
  }

  static void warnRunning(Thread thread, Inbox inbox, StackTraceElement[] frames) {
    Throwable stack = new Throwable("still running here");
    stack.setStackTrace(frames);
    LOG.warn(
        "[{}] a handler of endpoint [{}] ignores its interrupt; its thread [{}] is left behind",
        inbox.envName(),
        inbox.name(),
        thread.getName(),
        stack);
  }

  /** Hands over what nobody will run here any more. */
  void drainTo(WorkerPool other) {
    for (Runnable task = runnable.poll(); task != null; task = runnable.poll()) {
      other.execute(task);
    }
  }

  /**
   * Sees to it that nothing is left here of a dispatcher that has ended: what waits is run by the
   * caller, which only refuses it; what runs is waited for, unless it was abandoned.
   *
   * @param owner whose
   * @param nanos how long at most
   */
  void settle(Dispatcher owner, long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    runnable
        .takeAll(task -> task instanceof Work work && work.dispatcher() == owner)
        .forEach(Runnable::run);
    for (DispatcherThread thread : threads) {
      while (isAwaited(thread, deadline) && thread.runner().isFor(owner)) {
        thread.join(1);
      }
    }
  }

  /** Ends the threads as soon as each is idle. Never blocks. */
  public void end() {
    ended = true;
    for (DispatcherThread thread : threads) {
      if (thread.runner().inbox() == null) {
        thread.interrupt();
      }
    }
    if (live.get() == 0) {
      onEnd.accept(this);
    }
  }

  /**
   * Waits for the threads to be gone; those that were abandoned are not waited for.
   *
   * @param nanos how long at most
   * @throws InterruptedException if this thread is interrupted
   */
  public void awaitEnd(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    for (DispatcherThread thread : threads) {
      while (isAwaited(thread, deadline)) {
        if (thread.runner().inbox() == null) {
          thread.interrupt();
        }
        thread.join(10);
      }
    }
    refuseLate();
  }

  private static boolean isAwaited(DispatcherThread thread, long deadline) {
    return !thread.runner().isAbandoned() && thread.isAlive() && System.nanoTime() - deadline < 0;
  }

  /** Returns whether it has ended and its threads, too. */
  boolean isGone() {
    return ended && threads.stream().noneMatch(Thread::isAlive);
  }
}
