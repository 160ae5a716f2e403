// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import java.util.List;
import java.util.Map;

/**
 * A process as {@code /api/processes} shows it.
 *
 * @param id random, unique
 * @param name for people
 * @param role such as {@code worker}
 * @param state {@code LIVE}, {@code SILENT} (it has not reported for a while) or {@code ENDED}
 * @param pid the number of the JVM
 * @param samples counts its reports, so that a reader knows which ones it missed
 * @param rate messages handled per second
 * @param depth messages that wait in its inboxes
 * @param heapUsed bytes
 * @param heapMax bytes
 * @param queuedBytes bytes that wait for sockets
 * @param dropped one-way messages lost since it started
 * @param endpoints its endpoints
 * @param logs names of the log files that can be read
 * @param pluginMetrics the metrics of its plugins, by {@code plugin.<class name>.<metric>}
 * @param history the samples of the last two minutes, oldest first; empty in the stream
 */
record ProcessView(
    String id,
    String name,
    String role,
    String state,
    long pid,
    long samples,
    double rate,
    long depth,
    long heapUsed,
    long heapMax,
    long queuedBytes,
    long dropped,
    List<EndpointView> endpoints,
    List<String> logs,
    Map<String, Number> pluginMetrics,
    List<Sample> history) {

  /**
   * An endpoint.
   *
   * @param name its name
   * @param rate messages handled per second
   * @param depth messages that wait
   * @param handled messages handled since it started
   * @param failed messages whose handler threw
   * @param dropped messages refused
   */
  record EndpointView(
      String name, double rate, int depth, long handled, long failed, long dropped) {}

  /**
   * How a process was at one time.
   *
   * @param rate messages handled per second
   * @param depth messages that waited in its inboxes
   */
  record Sample(double rate, long depth) {}

  ProcessView withoutHistory() {
    return new ProcessView(
        id,
        name,
        role,
        state,
        pid,
        samples,
        rate,
        depth,
        heapUsed,
        heapMax,
        queuedBytes,
        dropped,
        endpoints,
        logs,
        pluginMetrics,
        List.of());
  }
}
