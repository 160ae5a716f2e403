// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnvStoppedException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The clock of an endpoint. An endpoint handles one message at a time, so time, too, reaches it as
 * a message: its handlers need no lock against a timer thread. Made in {@code onStart}, closed in
 * {@code onStop}.
 */
public final class Ticks implements AutoCloseable {

  private final RpcEndpointRef target;
  private final ScheduledExecutorService timer;

  /**
   * Makes a clock that has not begun to tick.
   *
   * @param target the endpoint that gets the messages
   */
  public Ticks(RpcEndpointRef target) {
    this.target = target;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            run -> {
              Thread thread = new Thread(run, "ticks-" + target.name());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Sends {@code message} again and again, the first time after one interval. */
  public void every(Duration interval, Object message) {
    long nanos = interval.toNanos();
    var unused =
        timer.scheduleWithFixedDelay(() -> send(message), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Sends {@code message} once, after a while. */
  public void after(Duration delay, Object message) {
    var unused = timer.schedule(() -> send(message), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void send(Object message) {
    try {
      target.send(message);
    } catch (RpcEnvStoppedException e) {
      close();
    }
  }
}
