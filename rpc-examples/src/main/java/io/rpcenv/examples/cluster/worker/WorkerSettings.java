// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import io.rpcenv.RpcAddress;
import java.time.Duration;

/**
 * Who a worker is, and how patient.
 *
 * @param id its name, unique in the cluster
 * @param cores how many tasks it runs at a time for one application, from 1
 * @param master where the master listens
 * @param quickPause about how long to wait before another attempt to register, at first
 * @param slowPause about how long to wait later
 */
public record WorkerSettings(
    String id, int cores, RpcAddress master, Duration quickPause, Duration slowPause) {

  private static final Duration QUICK_PAUSE = Duration.ofSeconds(1);
  private static final Duration SLOW_PAUSE = Duration.ofSeconds(5);

  /** Returns settings with the usual patience: it gives up after about a minute. */
  public static WorkerSettings of(String id, int cores, RpcAddress master) {
    return new WorkerSettings(id, cores, master, QUICK_PAUSE, SLOW_PAUSE);
  }
}
