// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnvStoppedException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The clock of an endpoint. An endpoint handles one message at a time, so time, too, reaches it as
 * a message: its handlers need no lock against a timer thread. Has no thread before it is used,
 * which is from {@code onStart} on; to be closed in {@code onStop}.
 */
public final class Ticks implements AutoCloseable {

  private final Supplier<RpcEndpointRef> self;
  private final ScheduledExecutorService timer;
  private final Map<Object, Future<?>> repeated = new HashMap<>();

  /**
   * Makes a clock that has not begun to tick.
   *
   * @param self tells the endpoint that gets the messages, once it has been started
   */
  public Ticks(Supplier<RpcEndpointRef> self) {
    this.self = self;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            run -> {
              Thread thread = new Thread(run, "ticks-" + self.get().name());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Sends {@code message} again and again, the first time after one interval. If it does so
   * already, then from now on at this interval. On the endpoint's thread.
   */
  public void every(Duration interval, Object message) {
    RpcEndpointRef target = self.get();
    long nanos = interval.toNanos();
    Future<?> before =
        repeated.put(
            message,
            timer.scheduleWithFixedDelay(
                () -> send(target, message), nanos, nanos, TimeUnit.NANOSECONDS));
    if (before != null) {
      before.cancel(false);
    }
  }

  /** Sends {@code message} once, after a while. */
  public void after(Duration delay, Object message) {
    RpcEndpointRef target = self.get();
    var unused = timer.schedule(() -> send(target, message), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void send(RpcEndpointRef target, Object message) {
    try {
      target.send(message);
    } catch (RpcEnvStoppedException e) {
      close();
    }
  }
}
