// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.queue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * An intrusive, unbounded queue of many producers and one consumer, with the count of its elements
 * as the one word that decides who wakes the consumer.
 *
 * <p>A producer links its node first and counts it afterwards; whoever counts from zero has found
 * the consumer idle and must run it. The consumer takes as many as it likes of those counted, and
 * gives the count back in one step with {@link #release}: what is left then is the re-check, so no
 * wake-up can be lost between the last look and falling asleep.
 *
 * <p>Extended, not owned, by inboxes and outboxes: one object each, no padding.
 *
 * @param <N> the element
 */
public abstract class MpscQueue<N extends MpscNode> {

  private static final VarHandle NEXT;
  private static final VarHandle HEAD;
  private static final VarHandle TAIL;
  private static final VarHandle COUNT;
  private static final int SPINS_BEFORE_YIELD = 64;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      NEXT = lookup.findVarHandle(MpscNode.class, "next", MpscNode.class);
      HEAD = lookup.findVarHandle(MpscQueue.class, "head", MpscNode.class);
      TAIL = lookup.findVarHandle(MpscQueue.class, "tail", MpscNode.class);
      COUNT = lookup.findVarHandle(MpscQueue.class, "count", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Written by the consumer, and by the producer that finds the queue empty. */
  @SuppressWarnings("unused") // through HEAD
  private volatile @Nullable MpscNode head;

  @SuppressWarnings("unused") // through TAIL
  private volatile @Nullable MpscNode tail;

  private volatile int count;

  /** Creates an empty queue. */
  protected MpscQueue() {}

  /**
   * Adds an element. Any thread.
   *
   * @param node the element, in no queue so far
   * @return true if the consumer was idle: the caller must run it
   */
  protected final boolean offer(N node) {
    MpscNode previous = (MpscNode) TAIL.getAndSet(this, node);
    if (previous == null) {
      HEAD.setRelease(this, node);
    } else {
      NEXT.setRelease(previous, node);
    }
    return (int) COUNT.getAndAdd(this, 1) == 0;
  }

  /** Returns how many elements were offered and not yet released. Any thread. */
  public final int size() {
    return count;
  }

  /**
   * Takes the oldest element. The consumer only, and at most {@link #size()} times between two
   * calls of {@link #release}. May spin for an instant while a producer is between its two steps.
   */
  protected final N take() {
    N node = first();
    goOnAt(unlink(node));
    return node;
  }

  // The three steps of take, for a consumer that takes many and writes to the queue once: whatever
  // it writes here, it takes away from the producers' processors.

  /** Returns the oldest element, which stays in the queue. The consumer only, as {@link #take}. */
  @SuppressWarnings("unchecked") // only N is ever offered
  protected final N first() {
    return (N) awaitHead();
  }

  /**
   * Takes the oldest element out. The consumer only, as {@link #take}.
   *
   * @param oldest the element
   * @return the one behind it, now the oldest; null if {@link #first} will find that
   */
  @SuppressWarnings("unchecked") // only N is ever offered
  protected final @Nullable N unlink(N oldest) {
    MpscNode node = oldest;
    MpscNode next = (MpscNode) NEXT.getAcquire(node);
    if (next == null) {
      HEAD.setOpaque(this, null);
      if (TAIL.compareAndSet(this, node, null)) {
        return null;
      }
      next = awaitNext(node);
    }
    // A node must not lead on to younger ones: it may outlive them in an older generation.
    NEXT.setOpaque(node, null);
    return (N) next;
  }

  /**
   * Says where {@link #first} goes on. The consumer only, after its last {@link #unlink}.
   *
   * @param oldest what that returned
   */
  protected final void goOnAt(@Nullable N oldest) {
    if (oldest != null) {
      HEAD.setOpaque(this, oldest);
    }
  }

  /**
   * Returns up to which element the consumer may take before it looks again.
   *
   * @param taken how many it has taken since the last {@link #release}
   * @param max how many it takes at most between two calls of that
   */
  protected final int nextBatch(int taken, int max) {
    return taken < max ? Math.min(count, max) : taken;
  }

  /**
   * Gives back the count of elements taken. The consumer only.
   *
   * @param taken how many
   * @return true if more have come: the consumer must run again
   */
  protected final boolean release(int taken) {
    return (int) COUNT.getAndAdd(this, -taken) > taken;
  }

  private MpscNode awaitHead() {
    MpscNode node = (MpscNode) HEAD.getAcquire(this);
    for (int i = 0; node == null; i++) {
      pause(i);
      node = (MpscNode) HEAD.getAcquire(this);
    }
    return node;
  }

  private static MpscNode awaitNext(MpscNode node) {
    MpscNode next = (MpscNode) NEXT.getAcquire(node);
    for (int i = 0; next == null; i++) {
      pause(i);
      next = (MpscNode) NEXT.getAcquire(node);
    }
    return next;
  }

  @SuppressWarnings("ThreadPriorityCheck") // the producer may have lost its core between two steps
  private static void pause(int round) {
    if (round < SPINS_BEFORE_YIELD) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }
}
