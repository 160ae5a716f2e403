// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cluster.driver.HeartbeatMessage.ExecutorRegistered;
import io.rpcenv.examples.cluster.driver.HeartbeatMessage.ExecutorRemoved;
import io.rpcenv.examples.cluster.driver.HeartbeatMessage.ExpireDeadHosts;
import io.rpcenv.examples.cluster.driver.HeartbeatMessage.Heartbeat;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Executors that go silent are expired: CLU-06. */
@Timeout(30)
class HeartbeatReceiverTest {

  private static final Duration LIMIT = Duration.ofHours(1);
  private static final ExecutorId A = new ExecutorId("app", 0);
  private static final ExecutorId B = new ExecutorId("app", 1);

  private final AtomicLong clock = new AtomicLong();
  private final List<ExecutorId> expired = new CopyOnWriteArrayList<>();
  private final RpcEnv env = RpcEnv.builder("test").build();
  private final RpcEndpointRef receiver =
      env.setupEndpoint("h", new HeartbeatReceiver(LIMIT, expired::add, clock::get));

  @AfterEach
  void close() {
    env.close();
  }

  private void look() {
    receiver.send(new ExpireDeadHosts());
    boolean known = receiver.askSync(new Heartbeat(new ExecutorId("none", 0))); // after it
    assertThat(known).isFalse();
  }

  @Test
  void CLU_06_whoIsSilentForTooLongIsExpiredOnce() {
    receiver.askSync(new ExecutorRegistered(A));
    receiver.askSync(new ExecutorRegistered(B));
    clock.set(LIMIT.toNanos());
    look();
    assertThat(expired).isEmpty();
    assertThat(receiver.askSync(new Heartbeat(B))).isTrue();

    clock.addAndGet(1);
    look();
    look();
    assertThat(expired).containsExactly(A);
    assertThat(receiver.askSync(new Heartbeat(A))).as("it is to end").isFalse();
    assertThat(receiver.askSync(new Heartbeat(B))).isTrue();
  }

  @Test
  void whoHasGoneIsNotExpired() {
    receiver.askSync(new ExecutorRegistered(A));
    assertThat(receiver.askSync(new ExecutorRemoved(A))).isTrue();
    assertThat(receiver.askSync(new ExecutorRemoved(A))).isFalse();
    clock.set(LIMIT.toNanos() + 1);
    look();

    assertThat(expired).isEmpty();
  }
}
