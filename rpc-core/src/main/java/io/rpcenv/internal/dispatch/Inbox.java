// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.DropReason;
import io.rpcenv.EndpointBinding;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvStats;
import io.rpcenv.internal.queue.MpscQueue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one endpoint and the state of its life.
 *
 * <p>Any thread posts; a scheduler's thread runs it. Its place in the queue decides a message's
 * fate when the endpoint stops: what stands before the stop is handled, what stands behind it is
 * refused, so posted = handled + refused holds without a lock.
 */
public abstract class Inbox extends MpscQueue<InboxMessage> implements Work, EndpointBinding {

  /**
   * How many messages run before others get the thread: fairness against the cost of a hand-over.
   */
  static final int BATCH = 64;

  // Status word: the phase in the two lower bits, moved on by the runner; the stop request above.
  private static final int NEW = 0;
  private static final int LIVE = 1;
  private static final int STOPPED = 2;
  private static final int PHASE = 3;
  private static final int STOP_REQUESTED = 4;

  private static final VarHandle STATUS;
  private static final VarHandle UNBOUNDED;
  private static final VarHandle REFUSED;
  private static final VarHandle REFUSED_TAKEN;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      STATUS = lookup.findVarHandle(Inbox.class, "status", int.class);
      UNBOUNDED = lookup.findVarHandle(Inbox.class, "unbounded", int.class);
      REFUSED_TAKEN = lookup.findVarHandle(Inbox.class, "refusedTaken", long.class);
      REFUSED = lookup.findVarHandle(Inbox.class, "refused", DropCounters.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Dispatcher dispatcher;
  private final RpcEndpoint endpoint;
  private final RpcEndpointRef self;
  private final InboxScheduler scheduler;
  private final int capacity;

  @SuppressWarnings("unused") // through STATUS
  private volatile int status;

  /** Life-cycle messages in the queue, which the capacity leaves out. */
  @SuppressWarnings("unused") // through UNBOUNDED
  private volatile int unbounded;

  private volatile @Nullable DropCounters refused;

  @SuppressWarnings("unused") // through REFUSED_TAKEN
  private volatile long refusedTaken;

  private volatile @Nullable Throwable startFailure;

  Inbox(
      Dispatcher dispatcher,
      RpcEndpoint endpoint,
      RpcEndpointRef self,
      InboxScheduler scheduler,
      int capacity) {
    this.dispatcher = dispatcher;
    this.endpoint = endpoint;
    this.self = self;
    this.scheduler = scheduler;
    this.capacity = capacity;
  }

  /** Returns whether a message that waits for this inbox's next one would wait for ever. */
  public abstract boolean isSerial();

  /**
   * Puts a message into the queue and has it run.
   *
   * @param via what has it run: this inbox's scheduler, or what will tell that one soon
   */
  abstract void enqueue(InboxMessage message, InboxScheduler via);

  final void enqueue(InboxMessage message) {
    enqueue(message, scheduler);
  }

  /** Returns how many messages were taken and are not released yet. */
  abstract int taken();

  /** Returns how many messages of users were taken to be handled or refused. */
  abstract long begun();

  abstract long handled();

  abstract long failed();

  /** Returns the endpoint's name. */
  public final String name() {
    return self.name();
  }

  final RpcEndpoint endpoint() {
    return endpoint;
  }

  @Override
  public final Dispatcher dispatcher() {
    return dispatcher;
  }

  final String envName() {
    return dispatcher.envName();
  }

  final WaitGraph waits() {
    return dispatcher.waits();
  }

  final EndpointInvoker invoker() {
    return dispatcher.invoker();
  }

  final InboxScheduler scheduler() {
    return scheduler;
  }

  // Life

  /**
   * Puts the start first in the queue, to run at {@link #launch}; before anybody knows this inbox.
   */
  final void prepare() {
    UNBOUNDED.getAndAdd(this, 1);
    offer(new LifecycleMessage.Start());
  }

  /** Has it run for the first time. */
  abstract void launch();

  /** Makes it refuse everything: it was never started. */
  final void abandon() {
    STATUS.setRelease(this, STOP_REQUESTED | STOPPED);
  }

  /** Returns whether it takes messages. */
  public final boolean isOpen() {
    return ((int) STATUS.getAcquire(this) & STOP_REQUESTED) == 0;
  }

  final boolean isStopped() {
    return ((int) STATUS.getAcquire(this) & PHASE) == STOPPED;
  }

  final void becomeLive() {
    STATUS.getAndAdd(this, LIVE - NEW);
  }

  final void becomeStopped() {
    STATUS.getAndBitwiseOr(this, STOP_REQUESTED);
    STATUS.getAndAdd(this, STOPPED - LIVE);
  }

  final void startFailed(Throwable cause) {
    startFailure = cause;
    dispatcher.unregister(this);
  }

  /** Returns what {@code onStart} threw, if it did. */
  public final @Nullable Throwable startFailure() {
    return startFailure;
  }

  final void terminated() {
    dispatcher.terminated(this);
    scheduler.terminated();
  }

  /** Asks it to stop, once: the stop takes its place behind what was accepted. */
  final void requestStop() {
    int before = (int) STATUS.getAndBitwiseOr(this, STOP_REQUESTED);
    if ((before & STOP_REQUESTED) == 0) {
      postLifecycle(new LifecycleMessage.Stop());
    }
  }

  @Override
  public final RpcEndpointRef self() {
    int phase = (int) STATUS.getAcquire(this) & PHASE;
    if (phase != LIVE) {
      throw new IllegalStateException(
          "self of endpoint ["
              + name()
              + "] which is "
              + (phase == NEW ? "not started" : "stopped")
              + " (expected: from onStart up to onStop)");
    }
    return self;
  }

  @Override
  public final RpcEnv env() {
    return dispatcher.env();
  }

  @Override
  public final void stop() {
    dispatcher.stop(this);
  }

  // Messages

  /**
   * Puts a message into the queue, or ends it as refused.
   *
   * @param via as of {@link #enqueue(InboxMessage, InboxScheduler)}
   * @return the reason if it was refused; the message has not been told, but is counted
   */
  final @Nullable DropReason post(UserMessage message, InboxScheduler via) {
    DropReason reason = null;
    if (!isOpen()) {
      reason = DropReason.ENDPOINT_STOPPED;
    } else if (size() >= capacity && depth() >= capacity) {
      reason = DropReason.INBOX_FULL;
    }
    if (reason != null) {
      countRefused(reason);
      return reason;
    }
    enqueue(message, via);
    return null;
  }

  final void postLifecycle(LifecycleMessage message) {
    UNBOUNDED.getAndAdd(this, 1);
    enqueue(message);
  }

  /**
   * Returns whether its env has ended without it, as a handler of it did not: the threads that run
   * it may be there for other envs and leave it alone.
   */
  final boolean isForsaken() {
    return dispatcher.hasEnded() && !isStopped();
  }

  /** Has this run for a message that found it idle. */
  final void scheduleFor(InboxMessage message, InboxScheduler via) {
    if (message.bounded()) {
      via.schedule(this);
    } else {
      scheduler.scheduleLater(this);
    }
  }

  /**
   * Runs one message that counts as taken; every way out of it has settled what the message held.
   */
  final void process(InboxMessage message, InboxRun by, EndpointInvoker invoker) {
    if (!message.bounded()) {
      UNBOUNDED.getAndAdd(this, -1);
    }
    boolean handlersRun = !by.isStopped();
    try {
      message.run(by, invoker);
    } finally {
      if (handlersRun) {
        dropInterrupt();
      }
    }
  }

  /**
   * A flag that a handler left behind is not the next one's, unless handlers are interrupted as the
   * env ends. Where none ran the flag is that of a thread that may not be ours.
   */
  private void dropInterrupt() {
    if (Thread.interrupted() && dispatcher.isInterrupting()) {
      Thread.currentThread().interrupt();
    }
  }

  // Counters

  /**
   * Returns how many messages of users wait. Read in the order opposite to that in which the runner
   * writes, so that it may be too low for an instant, but a message once taken never counts.
   */
  public final int depth() {
    int events = unbounded;
    int taken = taken();
    return Math.max(0, size() - taken - events);
  }

  /** Counts one that was taken and could not be handled. */
  final void countRefusedTaken(DropReason reason) {
    REFUSED_TAKEN.getAndAdd(this, 1L);
    countRefused(reason);
  }

  final void countRefused(DropReason reason) {
    DropCounters counters = refused;
    if (counters == null) {
      REFUSED.compareAndSet(this, null, new DropCounters());
      counters = (DropCounters) REFUSED.getVolatile(this);
    }
    counters.count(reason);
  }

  final RpcEnvStats.Endpoint stats() {
    DropCounters counters = refused;
    Map<DropReason, Long> dropped = counters == null ? Map.of() : counters.snapshot();
    long sum = dropped.values().stream().mapToLong(Long::longValue).sum();
    // In this order a message that moves on meanwhile is missed for an instant, not counted twice.
    long begun = begun();
    int depth = depth();
    return new RpcEnvStats.Endpoint(
        name(), depth, begun + depth + sum - refusedTaken, handled(), failed(), dropped);
  }

  @Override
  public String toString() {
    return name();
  }
}
