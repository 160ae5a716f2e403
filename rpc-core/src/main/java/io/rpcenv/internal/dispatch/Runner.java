// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A thread and the work that it does now: what a wait on that thread and the end of an env must
 * know, whatever kind of thread it is, and whoever else it works for.
 *
 * <p>A {@link DispatcherThread} carries its own; a virtual thread, which is no class of ours, has
 * it in a thread-local, where only who is about to block looks. A network thread's is not found:
 * nothing waits there.
 */
public final class Runner {

  private static final ThreadLocal<@Nullable Runner> HERE = new ThreadLocal<>();

  private final Thread thread;
  private final RunnerHost host;

  /** Who looks at the work from outside now: it is not over before they have gone. */
  private final AtomicInteger visitors = new AtomicInteger();

  private volatile @Nullable Work work;
  private volatile boolean abandoned;

  Runner(Thread thread, RunnerHost host) {
    this.thread = thread;
    this.host = host;
  }

  /** Returns the calling thread's; null where no inbox is ever run, and on a network thread. */
  public static @Nullable Runner current() {
    return Thread.currentThread() instanceof DispatcherThread thread ? thread.runner() : HERE.get();
  }

  /** Makes this the calling thread's, which is its own, for life. */
  void enterThread() {
    assert Thread.currentThread() == thread;
    HERE.set(this);
  }

  Thread thread() {
    return thread;
  }

  RunnerHost host() {
    return host;
  }

  /** Returns the inbox that is being run, if any. */
  public @Nullable Inbox inbox() {
    return work instanceof Inbox inbox ? inbox : null;
  }

  /** Returns whether it works for a dispatcher now. */
  boolean isFor(Dispatcher dispatcher) {
    Work now = work;
    return now != null && now.dispatcher() == dispatcher;
  }

  /** Begins a piece of work, on its thread. */
  void begin(@Nullable Work next) {
    work = next;
  }

  /**
   * Ends it. What was meant for this work has come by then, and an interrupt is dropped: the next
   * may be another env's.
   *
   * @return whether it had been given up
   */
  boolean end() {
    work = null;
    while (visitors.get() > 0) {
      Thread.onSpinWait();
    }
    Thread.interrupted();
    boolean late = abandoned;
    if (late) {
      abandoned = false;
    }
    return late;
  }

  // A wait

  /**
   * Says that its thread, the calling one, is about to wait; its host may send a spare.
   *
   * @param target the local endpoint whose thread is waited for, as long as it is one
   * @param what what is waited for, for texts
   * @throws IllegalStateException if that would never end: serial endpoints wait for each other
   */
  public void waitFor(Supplier<@Nullable Inbox> target, String what) {
    Inbox waiter = inbox();
    if (waiter != null && target.get() != null) {
      waiter.waits().enter(waiter, target, what);
    }
    boolean entered = false;
    try {
      host.blocking(what);
      entered = true;
    } finally {
      if (!entered) {
        waitOver();
      }
    }
  }

  /** Says that the wait is over. */
  public void waitOver() {
    host.unblocked();
    Inbox waiter = inbox();
    if (waiter != null) {
      waiter.waits().leave(waiter);
    }
  }

  // The end

  /** Interrupts the handler that is running, if it is of that dispatcher. */
  void interrupt(Dispatcher owner) {
    visitors.incrementAndGet();
    try {
      if (handlerOf(owner) != null) {
        thread.interrupt();
      }
    } finally {
      visitors.decrementAndGet();
    }
  }

  /**
   * Gives up on the handler that is running, if it is of that dispatcher: it is named with its
   * stack, once.
   *
   * @return whether it was given up just now
   */
  boolean abandon(Dispatcher owner) {
    Inbox running;
    StackTraceElement[] stack;
    visitors.incrementAndGet();
    try {
      running = handlerOf(owner);
      if (running == null || abandoned) {
        return false;
      }
      abandoned = true;
      stack = thread.getStackTrace();
    } finally {
      visitors.decrementAndGet();
    }
    WorkerPool.warnRunning(thread, running, stack);
    return true;
  }

  private @Nullable Inbox handlerOf(Dispatcher owner) {
    return work instanceof Inbox inbox && inbox.dispatcher() == owner ? inbox : null;
  }

  /** Returns whether nobody waits for its thread any more. */
  boolean isAbandoned() {
    return abandoned;
  }

  /**
   * Waits for the thread to end, unless it is left behind.
   *
   * @param deadline when to give up, by {@link System#nanoTime()}
   */
  void join(long deadline) throws InterruptedException {
    if (!abandoned) {
      TimeUnit.NANOSECONDS.timedJoin(thread, deadline - System.nanoTime());
    }
  }
}
