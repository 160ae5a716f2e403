// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.examples.cluster.Ticks;
import io.rpcenv.examples.cluster.driver.HeartbeatMessage.ExecutorRegistered;
import io.rpcenv.examples.cluster.driver.HeartbeatMessage.ExecutorRemoved;
import io.rpcenv.examples.cluster.driver.HeartbeatMessage.ExpireDeadHosts;
import io.rpcenv.examples.cluster.driver.HeartbeatMessage.Heartbeat;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Expires executors that have gone silent. Beside the driver. */
final class HeartbeatReceiver extends RpcEndpoint {

  private final Duration limit;
  private final Consumer<ExecutorId> onExpired;
  private final LongSupplier nanoClock;
  private final Map<ExecutorId, Long> heardAt = new LinkedHashMap<>();
  private final Ticks ticks = new Ticks(this::self);

  /**
   * Makes a receiver.
   *
   * @param limit how long an executor may be silent
   * @param onExpired told of an executor that was silent for longer; on the endpoint's thread
   * @param nanoClock what it measures silence with, usually {@code System::nanoTime}
   */
  HeartbeatReceiver(Duration limit, Consumer<ExecutorId> onExpired, LongSupplier nanoClock) {
    this.limit = limit;
    this.onExpired = onExpired;
    this.nanoClock = nanoClock;
  }

  @Override
  public void onStart() {
    ticks.every(limit.dividedBy(4), new ExpireDeadHosts());
  }

  @Override
  public void onStop() {
    ticks.close();
  }

  @Override
  public void receive(Object message) throws Exception {
    if (message instanceof ExpireDeadHosts) {
      expire();
    } else {
      super.receive(message);
    }
  }

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    if (message instanceof Heartbeat m) {
      call.reply(heardAt.computeIfPresent(m.executor(), (id, before) -> now()) != null);
    } else if (message instanceof ExecutorRegistered m) {
      call.reply(heardAt.put(m.executor(), now()) == null);
    } else if (message instanceof ExecutorRemoved m) {
      call.reply(heardAt.remove(m.executor()) != null);
    } else {
      super.receiveAndReply(message, call);
    }
  }

  private long now() {
    return nanoClock.getAsLong();
  }

  private void expire() {
    long now = now();
    List<ExecutorId> silent =
        heardAt.entrySet().stream()
            .filter(heard -> now - heard.getValue() > limit.toNanos())
            .map(Map.Entry::getKey)
            .toList();
    silent.forEach(heardAt::remove);
    silent.forEach(onExpired);
  }
}
