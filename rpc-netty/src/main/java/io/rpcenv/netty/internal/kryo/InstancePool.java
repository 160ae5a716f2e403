// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Keeps a bounded number of idle instances. Lock-free, and not a thread-local: virtual threads come
 * by the million. More are made when all are out, and dropped when they come back to a full pool.
 */
final class InstancePool<T> {

  /** References between two slots: threads that use different ones share no cache line. */
  private static final int STRIDE = 32;

  private final AtomicReferenceArray<T> slots;
  private final Supplier<T> factory;
  private final int mask;

  InstancePool(int atLeast, Supplier<T> factory) {
    int size = Integer.highestOneBit(Math.max(atLeast, 2) * 2 - 1);
    this.slots = new AtomicReferenceArray<>(size * STRIDE);
    this.mask = size * STRIDE - 1;
    this.factory = factory;
  }

  T take() {
    int start = start();
    for (int i = 0; i <= mask; i += STRIDE) {
      int slot = (start + i) & mask;
      T idle = slots.getPlain(slot) == null ? null : slots.getAndSet(slot, null);
      if (idle != null) {
        return idle;
      }
    }
    return factory.get();
  }

  void giveBack(T instance) {
    int start = start();
    for (int i = 0; i <= mask; i += STRIDE) {
      int slot = (start + i) & mask;
      if (slots.getPlain(slot) == null && slots.compareAndSet(slot, null, instance)) {
        return;
      }
    }
  }

  void clear() {
    for (int i = 0; i <= mask; i++) {
      slots.set(i, null);
    }
  }

  private int start() {
    return (int) Thread.currentThread().getId() * STRIDE;
  }
}
