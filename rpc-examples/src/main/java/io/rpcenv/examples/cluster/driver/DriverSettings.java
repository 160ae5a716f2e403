// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import java.time.Duration;

/**
 * How long a driver waits for executors.
 *
 * @param minExecutors how many it wants before it gives out the first task
 * @param minExecutorsWait after this time it begins with fewer, if there is one
 * @param noExecutorsLimit after so long without any executor the job fails
 */
record DriverSettings(int minExecutors, Duration minExecutorsWait, Duration noExecutorsLimit) {

  private static final Duration START_WITH_FEWER = Duration.ofSeconds(5);

  static DriverSettings of(int minExecutors, Duration noExecutorsLimit) {
    return new DriverSettings(minExecutors, START_WITH_FEWER, noExecutorsLimit);
  }
}
