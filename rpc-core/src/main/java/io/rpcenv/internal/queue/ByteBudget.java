// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.queue;

import java.util.concurrent.atomic.AtomicLong;

/** A bound on bytes held. One message always fits an empty budget. Thread-safe. */
public final class ByteBudget {

  private final AtomicLong held = new AtomicLong();
  private final long max;

  /**
   * Makes an empty budget.
   *
   * @param max the bound, in bytes
   */
  public ByteBudget(long max) {
    this.max = max;
  }

  /**
   * Takes bytes, unless that would be too much.
   *
   * @param bytes how many
   * @return true if they were taken
   */
  public boolean tryTake(long bytes) {
    long before = held.getAndAdd(bytes);
    if (before != 0 && before + bytes > max) {
      held.getAndAdd(-bytes);
      return false;
    }
    return true;
  }

  /**
   * Gives bytes back.
   *
   * @param bytes how many
   */
  public void giveBack(long bytes) {
    held.getAndAdd(-bytes);
  }

  /** Returns the bytes held. */
  public long held() {
    return held.get();
  }

  /** Returns the bound, in bytes. */
  public long max() {
    return max;
  }
}
