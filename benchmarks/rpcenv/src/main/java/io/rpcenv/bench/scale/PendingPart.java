// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.scale;

import com.sun.management.OperatingSystemMXBean;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvStats;
import io.rpcenv.RpcTimeoutException;
import io.rpcenv.bench.Sample;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Very many asks that nobody answers. The one who does not answer has a JVM of its own. */
final class PendingPart {

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final int IDLE_MILLIS = 5000;
  private static final Duration LONGEST_WRITE = Duration.ofSeconds(60);

  private PendingPart() {}

  static void run(Outcome outcome, int count, Duration timeout) throws Exception {
    try (ServerProcess server = new ServerProcess("rpcenv")) {
      RpcAddress address = RpcAddress.of("localhost", server.port());
      outcome.add("pending asks", count);
      memory(outcome, address, count);
      timeouts(outcome, address, count, timeout);
    }
  }

  private static RpcEnv client() {
    return RpcEnv.builder("asker")
        .conf(RpcConf.builder().set("rpc.outbox.maxBytes", "1g").build())
        .messages(Sample.class)
        .build();
  }

  private static void memory(Outcome outcome, RpcAddress address, int count) throws Exception {
    try (RpcEnv client = client()) {
      RpcEndpointRef silent = client.setupEndpointRef(address, "silent");
      long before = Heap.used();
      for (int i = 0; i < count; i++) {
        silent.ask(Sample.of(i), Sample.class, Duration.ofMinutes(30));
      }
      awaitPending(client, count);
      outcome.add("pending asks: bytes each", (double) (Heap.used() - before) / count);
      long cpu = SYSTEM.getProcessCpuTime();
      long start = System.nanoTime();
      Thread.sleep(IDLE_MILLIS);
      double share = (SYSTEM.getProcessCpuTime() - cpu) / (double) (System.nanoTime() - start);
      outcome.add("pending asks: % of a core while they wait", 100 * share);
      requirePending(client, count);
    }
  }

  /** Waits until all of them are written. */
  private static void awaitPending(RpcEnv client, long count) throws InterruptedException {
    long end = System.nanoTime() + LONGEST_WRITE.toNanos();
    while (pending(client) < count && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    requirePending(client, count);
  }

  private static void requirePending(RpcEnv client, long count) {
    long pending = pending(client);
    if (pending != count) {
      throw new IllegalStateException("pending: " + pending + " (expected: " + count + ")");
    }
  }

  private static long pending(RpcEnv client) {
    return client.stats().peers().stream().mapToLong(RpcEnvStats.Peer::pendingAsks).sum();
  }

  private static void timeouts(Outcome outcome, RpcAddress address, int count, Duration timeout)
      throws Exception {
    Histogram late = new ConcurrentHistogram(3);
    try (RpcEnv client = client()) {
      RpcEndpointRef silent = client.setupEndpointRef(address, "silent");
      for (int i = 0; i < count; i++) {
        long deadline = System.nanoTime() + timeout.toNanos();
        silent
            .ask(Sample.of(i), Sample.class, timeout)
            .handle( // whenComplete wraps each failure in another one, with a stack
                (reply, failure) -> {
                  if (failure instanceof RpcTimeoutException) {
                    late.recordValue(System.nanoTime() - deadline); // refuses one that is early
                  }
                  return null;
                });
      }
      long end = System.nanoTime() + 2 * timeout.toNanos();
      while (late.getTotalCount() < count) {
        if (System.nanoTime() > end) {
          throw new TimeoutException("timed out: " + late.getTotalCount() + " of " + count);
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
      outcome.add("pending asks: ms late, p50", late.getValueAtPercentile(50) / 1e6);
      outcome.add("pending asks: ms late, p99", late.getValueAtPercentile(99) / 1e6);
      outcome.add("pending asks: ms late, at most", late.getMaxValue() / 1e6);
    }
  }
}
