// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.stress;

import java.time.Duration;
import java.time.Instant;
import org.openjdk.jcstress.Options;

/**
 * Ends a JVM that has tested for too long. What is broken may hang where jcstress waits without a
 * limit, in the check that it does before a test; the test then counts as failed.
 */
final class Watchdog implements Runnable {

  private static final long LOOK_MILLIS = 1000;

  private final Duration limit;

  private Watchdog(Duration limit) {
    this.limit = limit;
  }

  static void start(Options options) {
    long testMillis = (long) options.getIterations() * options.getTime();
    Duration limit = Duration.ofMinutes(3).plusMillis(10 * testMillis);
    Thread thread = new Thread(new Watchdog(limit), "watchdog");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    try {
      while (true) {
        Thread.sleep(LOOK_MILLIS);
        Instant oldest = Instant.now().minus(limit);
        ProcessHandle.current().children().forEach(jvm -> endIfOlder(jvm, oldest));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void endIfOlder(ProcessHandle jvm, Instant oldest) {
    if (jvm.info().startInstant().filter(oldest::isAfter).isPresent()) {
      jvm.destroyForcibly();
    }
  }
}
