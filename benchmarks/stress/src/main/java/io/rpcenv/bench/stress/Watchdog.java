// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.stress;

import java.time.Duration;
import java.time.Instant;
import org.openjdk.jcstress.Options;

/**
 * Ends a JVM that tests for too long. What is broken may hang where jcstress waits without a limit,
 * in the check that it does before a test; the test then counts as failed. What counts is processor
 * time, as a machine with much else to do is no fault; of time on the clock ten times as much.
 */
final class Watchdog implements Runnable {

  private static final long LOOK_MILLIS = 1000;

  private final Duration limit;

  private Watchdog(Duration limit) {
    this.limit = limit;
  }

  static void start(Options options) {
    long testMillis = (long) options.getIterations() * options.getTime();
    Duration limit = Duration.ofMinutes(1).plusMillis(10 * testMillis);
    Thread thread = new Thread(new Watchdog(limit), "watchdog");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    try {
      while (true) {
        Thread.sleep(LOOK_MILLIS);
        ProcessHandle.current()
            .children()
            .filter(jvm -> isOver(jvm.info()))
            .forEach(ProcessHandle::destroyForcibly);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isOver(ProcessHandle.Info jvm) {
    Instant oldest = Instant.now().minus(limit.multipliedBy(10));
    return jvm.totalCpuDuration().filter(used -> used.compareTo(limit) > 0).isPresent()
        || jvm.startInstant().filter(oldest::isAfter).isPresent();
  }
}
