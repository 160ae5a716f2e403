// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.testing.memory;

import io.rpcenv.transport.TransportLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * A loop with a clock of its own, run by the test step by step. Tasks may be given from any thread;
 * only one thread at a time may step.
 */
public final class StepLoop implements TransportLoop {

  private record Timed(long at, long serial, Runnable task) implements Comparable<Timed> {
    @Override
    public int compareTo(Timed other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(serial, other.serial);
    }
  }

  private final Queue<Runnable> ready = new ArrayDeque<>();
  private final PriorityQueue<Timed> timed = new PriorityQueue<>();
  private long now = 1_000_000_000L;
  private long serial;
  private int afterIo;
  private volatile boolean running;
  private volatile Thread stepper = Thread.currentThread();

  /** Creates a loop with nothing to do. */
  public StepLoop() {}

  /** Returns whether the calling thread is inside a step. */
  @Override
  public boolean inLoop() {
    return running && Thread.currentThread() == stepper;
  }

  @Override
  public synchronized void executeAfterIo(Runnable task) {
    afterIo++;
    execute(task);
  }

  /** Returns how often a task let the sockets have their turn first. */
  public synchronized int afterIo() {
    return afterIo;
  }

  @Override
  public synchronized void execute(Runnable task) {
    ready.add(task);
  }

  @Override
  public synchronized void schedule(Runnable task, long delayNanos) {
    timed.add(new Timed(now + Math.max(0, delayNanos), serial++, task));
  }

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  /** Runs one task that is due. Returns false if there is none. */
  public boolean step() {
    Runnable task = takeDue();
    if (task == null) {
      return false;
    }
    stepper = Thread.currentThread();
    running = true;
    try {
      task.run();
    } finally {
      running = false;
    }
    return true;
  }

  /** Runs until nothing is due. */
  public void runUntilIdle() {
    for (int steps = 0; step(); steps++) {
      if (steps > 1_000_000) {
        throw new AssertionError("the loop never becomes idle");
      }
    }
  }

  /** Moves the clock from one due task to the next until so much time has passed, running all. */
  public void advance(Duration time) {
    long end = nanoTime() + time.toNanos();
    runUntilIdle();
    while (moveToNextBefore(end)) {
      runUntilIdle();
    }
    setNow(end);
    runUntilIdle();
  }

  /** Returns how many tasks wait, due or not. */
  public synchronized int pending() {
    return ready.size() + timed.size();
  }

  /** Runs something as if on this loop. */
  public void run(Runnable task) {
    execute(task);
    runUntilIdle();
  }

  private synchronized void setNow(long nanos) {
    now = nanos;
  }

  private synchronized boolean moveToNextBefore(long end) {
    Timed next = timed.peek();
    if (next == null || next.at() > end) {
      return false;
    }
    now = Math.max(now, next.at());
    return true;
  }

  private synchronized @org.jspecify.annotations.Nullable Runnable takeDue() {
    Timed next = timed.peek();
    if (next != null && next.at() <= now) {
      timed.remove();
      ready.add(next.task());
    }
    return ready.poll();
  }
}
