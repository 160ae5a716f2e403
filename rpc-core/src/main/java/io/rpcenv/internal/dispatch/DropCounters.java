// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.DropReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts refused messages by reason. Thread-safe. */
public final class DropCounters {

  private final Map<DropReason, LongAdder> counters = new EnumMap<>(DropReason.class);

  /** Makes counters, all zero. */
  public DropCounters() {
    for (DropReason reason : DropReason.values()) {
      counters.put(reason, new LongAdder());
    }
  }

  /**
   * Counts one.
   *
   * @param reason why it was refused
   */
  public void count(DropReason reason) {
    LongAdder counter = counters.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  /** Returns those that are not zero. */
  public Map<DropReason, Long> snapshot() {
    Map<DropReason, Long> result = new EnumMap<>(DropReason.class);
    counters.forEach(
        (reason, counter) -> {
          long n = counter.sum();
          if (n > 0) {
            result.put(reason, n);
          }
        });
    return result;
  }
}
