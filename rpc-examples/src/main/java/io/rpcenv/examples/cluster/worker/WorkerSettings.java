// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import io.rpcenv.RpcAddress;
import java.time.Duration;
import java.util.List;

/**
 * Who a worker is, and how patient.
 *
 * @param id its name, unique in the cluster
 * @param cores how many tasks it runs at a time, from 1
 * @param memory what it has for executors and drivers, in MiB
 * @param masters where the masters listen, of which one leads
 * @param quickPause about how long to wait before another attempt to register, at first
 * @param slowPause about how long to wait later
 */
public record WorkerSettings(
    String id,
    int cores,
    int memory,
    List<RpcAddress> masters,
    Duration quickPause,
    Duration slowPause) {

  private static final Duration QUICK_PAUSE = Duration.ofSeconds(1);
  private static final Duration SLOW_PAUSE = Duration.ofSeconds(5);

  /** Copies the list. */
  public WorkerSettings {
    masters = List.copyOf(masters);
  }

  /** Returns settings with the usual patience: it gives up after about a minute. */
  public static WorkerSettings of(String id, int cores, int memory, List<RpcAddress> masters) {
    return new WorkerSettings(id, cores, memory, masters, QUICK_PAUSE, SLOW_PAUSE);
  }
}
