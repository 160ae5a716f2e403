// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

/**
 * What an application wants.
 *
 * @param name what to call it, for people
 * @param memoryPerExecutor heap of each of its executors, in MiB, from {@link
 *     DriverDescription#MIN_MEMORY}
 * @param coresPerExecutor how many tasks each of its executors runs at a time; 0: all cores that
 *     are free on the worker
 */
public record ApplicationDescription(String name, int memoryPerExecutor, int coresPerExecutor) {

  /** Heap of an executor if nothing else is said, in MiB. */
  public static final int DEFAULT_MEMORY = 512;

  /** Checks the values. */
  public ApplicationDescription {
    if (memoryPerExecutor < DriverDescription.MIN_MEMORY) {
      throw new IllegalArgumentException(
          "memoryPerExecutor: "
              + memoryPerExecutor
              + " (expected: at least "
              + DriverDescription.MIN_MEMORY
              + " MiB)");
    }
    if (coresPerExecutor < 0) {
      throw new IllegalArgumentException(
          "coresPerExecutor: " + coresPerExecutor + " (expected: at least 0)");
    }
  }

  /** Returns the description of an application that takes what there is. */
  public static ApplicationDescription of(String name) {
    return new ApplicationDescription(name, DEFAULT_MEMORY, 0);
  }
}
