// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/** What all threads of this JVM have allocated, and the processor time it has used. */
final class Allocation {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Map<Long, Long> byThread;
  private final long cpuNanos;

  private Allocation(Map<Long, Long> byThread, long cpuNanos) {
    this.byThread = byThread;
    this.cpuNanos = cpuNanos;
  }

  static Allocation now() {
    long cpu = SYSTEM.getProcessCpuTime();
    long[] ids = THREADS.getAllThreadIds();
    long[] bytes = THREADS.getThreadAllocatedBytes(ids);
    Map<Long, Long> byThread = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      if (bytes[i] >= 0) {
        byThread.put(ids[i], bytes[i]);
      }
    }
    return new Allocation(byThread, cpu);
  }

  /**
   * Returns the bytes that were allocated since then. A thread that has ended since is left out:
   * the figure is then too small.
   */
  long bytesSince(Allocation then) {
    return byThread.entrySet().stream()
        .mapToLong(e -> e.getValue() - then.byThread.getOrDefault(e.getKey(), 0L))
        .sum();
  }

  /** Tells how many threads have ended since then. */
  long endedSince(Allocation then) {
    return then.byThread.keySet().stream().filter(id -> !byThread.containsKey(id)).count();
  }

  long cpuNanosSince(Allocation then) {
    return cpuNanos - then.cpuNanos;
  }
}
