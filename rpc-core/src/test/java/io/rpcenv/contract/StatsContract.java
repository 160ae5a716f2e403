// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.DropReason;
import io.rpcenv.EndpointOptions;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvStats;
import io.rpcenv.RpcFuture;
import io.rpcenv.RpcRemoteException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The counters of an env and its endpoints. */
public abstract class StatsContract extends Contract {

  private static RpcEnvStats.Endpoint of(RpcEnv env, String endpoint) {
    return env.stats().endpoints().stream()
        .filter(e -> e.name().equals(endpoint))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no endpoint " + endpoint + " in " + env.stats()));
  }

  @Test
  void postedHandledAndFailedAreCounted() throws Exception {
    RpcEndpointRef ref = host("e", new Servant());
    for (int i = 0; i < 10; i++) {
      ref.send(new Msg.Tick(i));
      ref.askSync(new Msg.Count(i));
    }
    Failures.of(ref.ask(new Msg.Fail("x")), RpcRemoteException.class);
    Eventually.awaitEqual(21L, () -> of(server(), "e").handled());
    // The last message counts as running until its thread has left it.
    Eventually.awaitEqual(21L, () -> of(server(), "e").posted());
    RpcEnvStats.Endpoint stats = of(server(), "e");
    assertThat(stats.depth()).isZero();
    assertThat(stats.failed()).isEqualTo(1);
    assertThat(stats.dropped().values()).allMatch(n -> n == 0, "0");
    assertThat(server().stats().dropped().values()).allMatch(n -> n == 0, "0");
  }

  @Test
  void depthAndDropsOfABlockedEndpointAreCounted() throws Exception {
    Gate gate = lab.gate();
    Servant slow =
        new Servant() {
          @Override
          public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
            gate.pass();
            super.receiveAndReply(message, call);
          }
        };
    RpcEndpointRef ref = lab.host("slow", slow, EndpointOptions.serial().withInboxCapacity(4));
    List<RpcFuture<Integer>> asks = new ArrayList<>();
    asks.add(ref.ask(new Msg.Count(0)));
    gate.awaitReached();
    for (int i = 1; i < 20; i++) {
      asks.add(ref.ask(new Msg.Count(i)));
    }
    Failures.of(asks.get(19));
    RpcEnvStats.Endpoint stats = of(server(), "slow");
    // One runs, four wait.
    assertThat(stats.depth()).isEqualTo(4);
    assertThat(stats.posted()).isEqualTo(20);
    assertThat(stats.dropped()).containsEntry(DropReason.INBOX_FULL, 15L);
    assertThat(server().stats().dropped().getOrDefault(DropReason.INBOX_FULL, 0L))
        .as("asks are answered, so not lost")
        .isZero();
    gate.open();
    Eventually.awaitEqual(5L, () -> of(server(), "slow").handled());
    Eventually.awaitEqual(0, () -> of(server(), "slow").depth());
  }

  @Test
  void aStoppedEndpointIsNoLongerListed() {
    Recorder recorder = new Recorder();
    host("e", recorder).askSync(new Msg.Echo("x"));
    assertThat(of(server(), "e").posted()).isEqualTo(1);
    recorder.stop();
    Eventually.await(
        "not listed",
        () -> server().stats().endpoints().stream().noneMatch(e -> e.name().equals("e")));
  }

  @Test
  void droppedSendsAreCountedForTheEnv() {
    Recorder recorder = new Recorder();
    RpcEndpointRef ref = host("e", recorder);
    recorder.stop();
    Eventually.await("stopped", () -> lab.watcher(server()).stopped().contains("e"));
    for (int i = 0; i < 3; i++) {
      ref.send(new Msg.Tick(i));
    }
    Eventually.awaitEqual(
        3L, () -> server().stats().dropped().getOrDefault(DropReason.NO_SUCH_ENDPOINT, 0L));
  }

  /** Stats of an env that has ended are its last ones. */
  @Test
  void statsCanBeReadAfterTheEnd() throws Exception {
    RpcEndpointRef ref = host("e", new Servant());
    ref.askSync(new Msg.Echo("x"));
    server().close();
    assertThat(server().stats().endpoints()).allMatch(e -> e.depth() == 0, "empty");
  }
}
