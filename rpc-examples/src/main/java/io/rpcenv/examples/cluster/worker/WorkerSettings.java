// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import io.rpcenv.RpcAddress;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Who a worker is.
 *
 * @param id its name, unique in the cluster
 * @param incarnation random number of this process
 * @param cores how many tasks it runs at a time for one application, from 1
 * @param master where the master listens
 * @param backoff when to try again to register
 */
record WorkerSettings(
    String id, long incarnation, int cores, RpcAddress master, Backoff backoff) {

  private static final Duration QUICK_PAUSE = Duration.ofSeconds(1);
  private static final Duration SLOW_PAUSE = Duration.ofSeconds(5);

  /** Returns the settings of a new process. */
  static WorkerSettings of(String id, int cores, RpcAddress master, RandomGenerator random) {
    Backoff backoff = new Backoff(QUICK_PAUSE, SLOW_PAUSE, random);
    return new WorkerSettings(id, random.nextLong(), cores, master, backoff);
  }
}
