// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.master;

import java.time.Duration;

/**
 * How the master behaves.
 *
 * @param workerTimeout a worker that is silent for longer is taken for dead; at least 100 ms
 * @param recoveryTimeout how long a new master waits for the workers of its predecessor to answer
 */
public record MasterSettings(Duration workerTimeout, Duration recoveryTimeout) {

  /** The least that makes sense: heartbeats need time to arrive. */
  static final Duration MIN_WORKER_TIMEOUT = Duration.ofMillis(100);

  private static final Duration RECOVERY_TIMEOUT = Duration.ofSeconds(3);
  private static final int HEARTBEATS_PER_TIMEOUT = 4;

  /** Checks the values. */
  public MasterSettings {
    if (workerTimeout.compareTo(MIN_WORKER_TIMEOUT) < 0) {
      throw new IllegalArgumentException(
          "workerTimeout: " + workerTimeout + " (expected: at least 100 ms)");
    }
  }

  /** Returns settings with the usual patience of a new master, 3 seconds. */
  public static MasterSettings of(Duration workerTimeout) {
    return new MasterSettings(workerTimeout, RECOVERY_TIMEOUT);
  }

  /** Returns how often a worker should send a heartbeat: four times in its timeout. */
  Duration heartbeatInterval() {
    return workerTimeout.dividedBy(HEARTBEATS_PER_TIMEOUT);
  }
}
