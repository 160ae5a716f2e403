// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.call;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deadlines of one env's local asks, which a timer ticks while there are any. Adding is one
 * compare-and-set; an ask that is answered before the next tick never meets the lock.
 */
public final class LocalDeadlines {

  private static final Logger LOG = LoggerFactory.getLogger(LocalDeadlines.class);

  private static final VarHandle INTAKE;
  private static final VarHandle IDLE;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      INTAKE = lookup.findVarHandle(LocalDeadlines.class, "intake", AskFuture.class);
      IDLE = lookup.findVarHandle(LocalDeadlines.class, "idle", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Object lock = new Object();
  private final DeadlineWheel wheel = new DeadlineWheel(System.nanoTime()); // guarded by lock
  private final DeadlineTimer timer;
  private final CompletableFuture<Void> forgotten = new CompletableFuture<>();

  @SuppressWarnings("unused") // through INTAKE
  private volatile @Nullable AskFuture<?> intake;

  /** Whether the timer leaves this alone. */
  private volatile boolean idle = true;

  /**
   * Makes empty ones.
   *
   * @param timer ticks them
   */
  public LocalDeadlines(DeadlineTimer timer) {
    this.timer = timer;
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
      wake();
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

  /** Has the timer tick this no more; what is pending is forgotten. */
  public void end() {
    timer.forget(this);
  }

  /**
   * Waits until nothing of these runs on the timer.
   *
   * @param nanos how long at most, in nanoseconds: a stage of the user may run there
   * @throws InterruptedException if this thread is interrupted
   */
  public void awaitEnd(long nanos) throws InterruptedException {
    try {
      forgotten.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      LOG.debug("a stage on the timer takes long");
    } catch (ExecutionException e) {
      throw new AssertionError("it never fails", e);
    }
  }

  // The timer

  private void wake() {
    if (IDLE.compareAndSet(this, true, false)) {
      timer.tick(this);
    }
  }

  /** Learns that the timer has let go of this. */
  void forgotten() {
    idle = true;
    forgotten.complete(null);
  }

  private boolean isEmpty() {
    synchronized (lock) {
      return intake == null && wheel.isEmpty();
    }
  }

  /**
   * Ends what has expired; on the timer.
   *
   * @return whether to come again
   */
  boolean tick(long now) {
    Queue<AskFuture<?>> expired;
    synchronized (lock) {
      sortIntake();
      expired = wheel.tick(now);
    }
    for (AskFuture<?> ask = expired.poll(); ask != null; ask = expired.poll()) {
      try {
        ask.expired(now);
      } catch (Throwable t) {
        // The timer outlives it: without one no ask of this env would ever time out.
        LOG.error("an ask that timed out could not be ended", t);
      }
    }
    return !rests();
  }

  private boolean rests() {
    if (!isEmpty()) {
      return false;
    }
    // Said before the second look, so that who adds in between either is seen or sees it.
    idle = true;
    return isEmpty() || !IDLE.compareAndSet(this, true, false);
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
