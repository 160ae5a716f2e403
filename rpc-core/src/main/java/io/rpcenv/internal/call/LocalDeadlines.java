// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.call;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deadlines of local asks, kept by a timer thread of the env. Adding is one compare-and-set; an
 * ask that is answered before the next tick never meets the lock.
 */
public final class LocalDeadlines {

  private static final Logger LOG = LoggerFactory.getLogger(LocalDeadlines.class);

  private static final VarHandle INTAKE;

  static {
    try {
      INTAKE =
          MethodHandles.lookup().findVarHandle(LocalDeadlines.class, "intake", AskFuture.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Object lock = new Object();
  private final DeadlineWheel wheel = new DeadlineWheel(System.nanoTime()); // guarded by lock
  private final Thread thread;

  @SuppressWarnings("unused") // through INTAKE
  private volatile @Nullable AskFuture<?> intake;

  private volatile boolean idle;
  private volatile boolean ended;

  /**
   * Starts the timer.
   *
   * @param envName part of the thread's name
   */
  public LocalDeadlines(String envName) {
    thread = new EnvThread(envName, "timer", this::work);
    thread.start();
  }

  /**
   * Takes in an ask. Any thread.
   *
   * @param ask the ask, new
   */
  public void add(AskFuture<?> ask) {
    AskFuture<?> first;
    do {
      first = (AskFuture<?>) INTAKE.getVolatile(this);
      ask.wheelNext = first;
    } while (!INTAKE.compareAndSet(this, first, ask));
    if (idle) {
      LockSupport.unpark(thread);
    }
  }

  /**
   * Lets go of an ask that has ended. Any thread. One that is still in the intake is left there: it
   * is seen to have ended when it is sorted.
   *
   * @param ask the ask, complete
   */
  public void remove(AskFuture<?> ask) {
    if (ask.sorted) {
      synchronized (lock) {
        wheel.remove(ask);
      }
    }
  }

  /** Lets go of every ask that is pending now, and returns them. Any thread. */
  public List<AskFuture<?>> drain() {
    synchronized (lock) {
      sortIntake();
      return wheel.drain();
    }
  }

  /**
   * Returns whether a thread is the timer's.
   *
   * @param other the thread
   */
  public boolean isTimer(Thread other) {
    return other == thread;
  }

  /** Ends the timer thread; what is pending is forgotten. */
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
      if (isEmpty()) {
        // Said before the second look, so that who adds in between either is seen or sees it.
        idle = true;
        if (isEmpty() && !ended) {
          LockSupport.park(this);
        }
        idle = false;
      } else {
        LockSupport.parkNanos(this, DeadlineWheel.TICK_NANOS);
        tick();
      }
    }
  }

  private boolean isEmpty() {
    synchronized (lock) {
      return intake == null && wheel.isEmpty();
    }
  }

  private void tick() {
    long now = System.nanoTime();
    List<AskFuture<?>> expired;
    synchronized (lock) {
      sortIntake();
      expired = wheel.tick(now);
    }
    for (AskFuture<?> ask : expired) {
      try {
        ask.expired(now);
      } catch (Throwable t) {
        // The timer outlives it: without one no ask of this env would ever time out.
        LOG.error("[{}] an ask that timed out could not be ended", thread.getName(), t);
      }
    }
  }

  private void sortIntake() {
    assert Thread.holdsLock(lock);
    AskFuture<?> next;
    for (AskFuture<?> ask = (AskFuture<?>) INTAKE.getAndSet(this, null); ask != null; ask = next) {
      next = ask.wheelNext;
      ask.wheelNext = null;
      if (!ask.isDone()) {
        wheel.add(ask);
        ask.sorted = true;
        // It may have ended in between, and its end not have seen that it was sorted.
        if (ask.isDone()) {
          wheel.remove(ask);
        }
      }
    }
  }
}
