// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is published, and how often, with a clock that stands until it is moved. */
@Timeout(30)
class MonitorTest {

  private final AtomicLong now = new AtomicLong(1_000_000);
  private final FakeControl control = new FakeControl();
  private final BlockingQueue<ClusterView> states = new LinkedBlockingQueue<>();
  private final RpcEnv env = RpcEnv.builder("monitor").build();
  private RpcEndpointRef monitor;

  @AfterEach
  void close() {
    env.close();
  }

  @Test
  void aSmallStateIsPublishedAsSoonAsItIsSeen() {
    start(Views.cluster(Views.worker("w1")));
    see(Views.cluster(Views.worker("w1"), Views.worker("w2")));

    assertThat(states).extracting(state -> state.workers().size()).contains(1, 2);
  }

  @Test
  void aBigStateIsPublishedOnlySoOften() {
    start(Views.big());
    see(without(Views.big(), 1));
    see(without(Views.big(), 2));
    assertThat(states).extracting(state -> state.executors().size()).containsOnly(2_000);

    see(without(Views.big(), 3), Monitor.PAUSE_MILLIS);
    assertThat(states).extracting(state -> state.executors().size()).containsOnly(2_000, 1_997);
  }

  private void publish(String topic, Object value) {
    if (topic.equals(Monitor.STATE)) {
      states.add((ClusterView) value);
    }
  }

  /** It looks by itself, too, and so must never have seen anything else. */
  private void start(ClusterView state) {
    control.state = CompletableFuture.completedFuture(state);
    monitor = env.setupEndpoint("Monitor", new Monitor(control, this::publish, now::get));
    see(state);
  }

  private void see(ClusterView state) {
    see(state, 0);
  }

  /** Has the monitor look at a state; what came of it was published when this returns. */
  private void see(ClusterView state, long millisLater) {
    control.state = CompletableFuture.completedFuture(state);
    awaitIdle(); // it does not look at the state before any more,
    awaitIdle(); // nor does it take it in
    now.addAndGet(millisLater);
    Object unused = monitor.askSync(new Monitor.Query(MonitorStore::cluster));
    awaitIdle(); // it answers before it publishes
  }

  private void awaitIdle() {
    Object unused = monitor.askSync(new Monitor.QuickQuery(MonitorStore::cluster));
  }

  private static ClusterView without(ClusterView view, int executors) {
    return new ClusterView(
        view.master(),
        view.workers(),
        view.applications(),
        List.copyOf(view.executors().subList(executors, view.executors().size())),
        view.drivers());
  }
}
