// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a bounded number of instances, each in a place that one thread at a time has. Lock-free,
 * and not a thread-local: virtual threads come by the million. Where all places are taken, more
 * instances are made, and dropped after use.
 */
final class InstancePool<T> {

  private final List<Place<T>> places;
  private final Supplier<T> factory;
  private final int mask;

  InstancePool(int atLeast, Supplier<T> factory) {
    int size = Integer.highestOneBit(Math.max(atLeast, 2) * 2 - 1);
    this.places = Stream.generate(Place<T>::new).limit(size).toList();
    this.mask = size - 1;
    this.factory = factory;
  }

  /**
   * Returns a place with an instance, for the caller alone until that gives it back or drops it.
   */
  Place<T> take() {
    Place<T> place = claim((int) Thread.currentThread().getId());
    try {
      place.fill(factory);
    } catch (Throwable t) {
      place.giveBack();
      throw t;
    }
    return place;
  }

  /** Claims a free place; each thread begins to look at one of its own. */
  private Place<T> claim(int start) {
    for (int i = 0; i <= mask; i++) {
      Place<T> place = places.get((start + i) & mask);
      if (place.claim()) {
        return place;
      }
    }
    return new Place<>();
  }

  /** Drops the instances that nobody uses. */
  void clear() {
    for (Place<T> place : places) {
      if (place.claim()) {
        place.drop();
      }
    }
  }

  /**
   * An instance, or room for one. The instance stays while others come and go: only a flag is
   * written, and a reference to an object of the old generation would cost much more.
   */
  static final class Place<T> {

    private static final VarHandle TAKEN;

    static {
      try {
        TAKEN = MethodHandles.lookup().findVarHandle(Place.class, "taken", long.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    // Places of different threads share no cache line: longs lie in this order.

    @SuppressWarnings("unused")
    private long before0, before1, before2, before3, before4, before5, before6, before7;

    /** 1 while somebody has the place; through TAKEN. */
    @SuppressWarnings("unused")
    private volatile long taken;

    @SuppressWarnings("unused")
    private long after0, after1, after2, after3, after4, after5, after6, after7;

    private @Nullable T instance; // of whoever has claimed the place

    private boolean claim() {
      return (long) TAKEN.getOpaque(this) == 0 && TAKEN.compareAndSet(this, 0L, 1L);
    }

    private void fill(Supplier<T> factory) {
      if (instance == null) {
        instance = factory.get();
      }
    }

    /** Returns the instance. */
    T get() {
      T filled = instance;
      if (filled == null) {
        throw new IllegalStateException("the place is empty (expected: between take and its end)");
      }
      return filled;
    }

    /** Lets others have it. */
    void giveBack() {
      TAKEN.setRelease(this, 0L);
    }

    /** Lets others have the place, with an instance of their own. */
    void drop() {
      instance = null;
      giveBack();
    }
  }
}
