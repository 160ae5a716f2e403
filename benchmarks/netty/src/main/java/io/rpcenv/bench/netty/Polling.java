// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.netty;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;

/** Polls for a moment before the loop sleeps, whatever it was like before. */
final class Polling implements SelectStrategy {

  private static final long LONGEST_NANOS = 100_000;

  private long idleSince;
  private boolean idle;

  @Override
  @SuppressWarnings("ThreadPriorityCheck") // the processor is the other side's meanwhile
  public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
    int ready = selectNow.get();
    if (hasTasks || ready > 0) {
      idle = false;
      return ready;
    }
    long now = System.nanoTime();
    if (!idle) {
      idle = true;
      idleSince = now;
    }
    if (now - idleSince < LONGEST_NANOS) {
      Thread.yield();
      return CONTINUE;
    }
    idle = false;
    return SELECT;
  }
}
