// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.scale;

import java.lang.management.ManagementFactory;

/** What is in use on the heap when all garbage is gone. */
final class Heap {

  private static final int COLLECTIONS = 3;

  private Heap() {}

  static long used() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
