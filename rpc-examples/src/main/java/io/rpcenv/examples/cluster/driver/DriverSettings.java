// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.examples.cluster.protocol.ApplicationDescription;
import java.time.Duration;

/**
 * What executors a driver wants, and how patient it is with them.
 *
 * @param minExecutors how many it wants before it gives out the first task
 * @param minExecutorsWait after this time it begins with fewer, if there is one
 * @param noExecutorsLimit after so long without any executor the job fails
 * @param executorSilence an executor that is silent for longer is given up
 * @param leastSlow a task that takes less is never tried elsewhere as well
 * @param executorMemory heap of each executor, in MiB
 * @param executorCores how many tasks each executor runs at a time; 0: what there is
 */
record DriverSettings(
    int minExecutors,
    Duration minExecutorsWait,
    Duration noExecutorsLimit,
    Duration executorSilence,
    Duration leastSlow,
    int executorMemory,
    int executorCores) {

  private static final Duration START_WITH_FEWER = Duration.ofSeconds(5);
  private static final Duration EXECUTOR_SILENCE = Duration.ofSeconds(10);
  private static final Duration LEAST_SLOW = Duration.ofSeconds(2);
  private static final int HEARTBEATS_PER_SILENCE = 4;

  DriverSettings(
      int minExecutors,
      Duration minExecutorsWait,
      Duration noExecutorsLimit,
      Duration executorSilence,
      Duration leastSlow) {
    this(
        minExecutors,
        minExecutorsWait,
        noExecutorsLimit,
        executorSilence,
        leastSlow,
        ApplicationDescription.DEFAULT_MEMORY,
        0);
  }

  static DriverSettings of(int minExecutors, Duration noExecutorsLimit) {
    return new DriverSettings(
        minExecutors, START_WITH_FEWER, noExecutorsLimit, EXECUTOR_SILENCE, LEAST_SLOW);
  }

  DriverSettings withExecutors(int memory, int cores) {
    return new DriverSettings(
        minExecutors,
        minExecutorsWait,
        noExecutorsLimit,
        executorSilence,
        leastSlow,
        memory,
        cores);
  }

  ApplicationDescription application(String name) {
    return new ApplicationDescription(name, executorMemory, executorCores);
  }

  /** Returns how often an executor should say that it is alive. */
  Duration heartbeatInterval() {
    return executorSilence.dividedBy(HEARTBEATS_PER_SILENCE);
  }
}
