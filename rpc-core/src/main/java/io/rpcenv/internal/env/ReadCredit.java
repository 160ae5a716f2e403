// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.internal.queue.ByteBudget;

/**
 * Takes the bytes of what one read of a connection brings from the env's budget: in blocks, so that
 * small messages cost no atomic step each. What is left of a block goes back when the read has
 * ended. Confined to the connection's loop.
 */
final class ReadCredit {

  private static final long MAX_BLOCK = 64 * 1024;

  /** A block is at most this part of the budget. */
  private static final long PART = 4096;

  private final ByteBudget budget;
  private final long block;
  private long left;

  ReadCredit(ByteBudget budget) {
    this.budget = budget;
    this.block = Math.min(MAX_BLOCK, budget.max() / PART);
  }

  /** Takes the bytes of a message, unless that would be too much. */
  boolean tryTake(long bytes) {
    if (bytes > left && !grow(Math.max(bytes, block)) && !grow(bytes - left)) {
      return false;
    }
    left -= bytes;
    return true;
  }

  private boolean grow(long bytes) {
    boolean grown = budget.tryGrow(left, bytes);
    if (grown) {
      left += bytes;
    }
    return grown;
  }

  /** Gives back what is left. */
  void end() {
    if (left > 0) {
      budget.giveBack(left);
      left = 0;
    }
  }
}
