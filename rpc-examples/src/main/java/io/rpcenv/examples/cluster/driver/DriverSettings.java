// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import java.time.Duration;

/**
 * How patient a driver is.
 *
 * @param minExecutors how many it wants before it gives out the first task
 * @param minExecutorsWait after this time it begins with fewer, if there is one
 * @param noExecutorsLimit after so long without any executor the job fails
 * @param executorSilence an executor that is silent for longer is given up
 * @param leastSlow a task that takes less is never tried elsewhere as well
 */
record DriverSettings(
    int minExecutors,
    Duration minExecutorsWait,
    Duration noExecutorsLimit,
    Duration executorSilence,
    Duration leastSlow) {

  private static final Duration START_WITH_FEWER = Duration.ofSeconds(5);
  private static final Duration EXECUTOR_SILENCE = Duration.ofSeconds(10);
  private static final Duration LEAST_SLOW = Duration.ofSeconds(2);
  private static final int HEARTBEATS_PER_SILENCE = 4;

  static DriverSettings of(int minExecutors, Duration noExecutorsLimit) {
    return new DriverSettings(
        minExecutors, START_WITH_FEWER, noExecutorsLimit, EXECUTOR_SILENCE, LEAST_SLOW);
  }

  /** Returns how often an executor should say that it is alive. */
  Duration heartbeatInterval() {
    return executorSilence.dividedBy(HEARTBEATS_PER_SILENCE);
  }
}
