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
import io.rpcenv.RpcFuture;
import io.rpcenv.RpcOverloadedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Promise 13, the bound of an inbox, and promise 5, what is dropped is counted. */
public abstract class BoundsContract extends Contract {

  /** Promise 13, CELEBORN_1314_boundedInbox: beyond the bound an ask fails at once. */
  @Test
  void asksBeyondTheInboxBoundFailAtOnce() throws Exception {
    Gate gate = lab.gate();
    RpcEndpointRef ref =
        lab.host("small", new Blocker(gate), EndpointOptions.serial().withInboxCapacity(5));
    ref.send(new Msg.Tick(0));
    gate.awaitReached();
    List<RpcFuture<Integer>> asks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      asks.add(ref.ask(new Msg.Count(i)));
    }
    RpcOverloadedException failure = Failures.of(asks.get(19), RpcOverloadedException.class);
    Failures.row(failure, true, false);
    assertThat(failure).hasMessageContaining("small");
    assertThat(asks.stream().filter(a -> !a.isDone()).count()).isBetween(4L, 5L);
    gate.open();
    for (int i = 0; i < 4; i++) {
      assertThat(Failures.reply(asks.get(i))).isEqualTo(i);
    }
    assertThat(Failures.reply(ref.ask(new Msg.Count(42)))).isEqualTo(42);
  }

  /** Promise 13: a send throws where the bound is on this side, else is dropped and counted. */
  @Test
  void sendsBeyondTheInboxBoundAreThrownHereOrCountedThere() throws Exception {
    lab.serverConf("rpc.inbox.capacity", "5");
    Gate gate = lab.gate();
    RpcEndpointRef ref = host("small", new Blocker(gate));
    ref.send(new Msg.Tick(0));
    gate.awaitReached();
    int thrown = 0;
    for (int i = 1; i <= 20; i++) {
      try {
        ref.send(new Msg.Tick(i));
      } catch (RpcOverloadedException e) {
        thrown++;
      }
    }
    if (lab.remote()) {
      assertThat(thrown).isZero();
      Eventually.await("drops", () -> lab.watcher(server()).dropped("small").size() >= 15);
      assertThat(lab.watcher(server()).dropped("small")).containsOnly(DropReason.INBOX_FULL);
    } else {
      assertThat(thrown).isBetween(15, 16);
    }
  }

  /** Promise 13: answers have their own lane and count against no bound. */
  @Test
  void answersReachAnEndpointsFuturesThoughItsInboxIsFull() throws Exception {
    Gate gate = lab.gate();
    Servant other = new Servant();
    RpcEndpointRef never = host("never", other);
    RpcEndpointRef ref =
        lab.host("full", new Blocker(gate), EndpointOptions.serial().withInboxCapacity(1));
    ref.send(new Msg.Tick(0));
    gate.awaitReached();
    ref.ask(new Msg.Count(1));
    ref.ask(new Msg.Count(2));
    RpcFuture<String> ask = never.ask(new Msg.Never());
    RpcCallContext call = other.awaitKept(1);
    assertThat(call.reply("past the full inbox")).isTrue();
    assertThat(Failures.reply(ask)).isEqualTo("past the full inbox");
  }

  /** Promise 5: sends that wait when onStart fails are counted, too. */
  @Test
  void sendsQueuedBehindAFailingOnStartAreCounted() throws Exception {
    Gate gate = lab.gate();
    Recorder broken =
        new Recorder() {
          @Override
          public void onStart() throws Exception {
            gate.pass();
            throw new IllegalStateException("broken");
          }
        };
    RpcEndpointRef ref = host("broken", broken);
    for (int i = 0; i < 5; i++) {
      ref.send(new Msg.Tick(i));
    }
    gate.awaitReached();
    Eventually.await("posted", () -> lab.watcher(server()).posted("broken").size() == 5);
    gate.open();
    Eventually.awaitEqual(5, () -> lab.watcher(server()).dropped("broken").size());
    assertThat(lab.watcher(server()).dropped("broken")).containsOnly(DropReason.ENDPOINT_STOPPED);
    assertThat(server().stats().dropped()).containsEntry(DropReason.ENDPOINT_STOPPED, 5L);
    assertThat(broken.events()).containsExactly("stop");
  }
}
