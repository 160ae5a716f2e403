// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.DropReason;
import io.rpcenv.EndpointExecutor;
import io.rpcenv.EndpointOptions;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcFuture;
import io.rpcenv.RpcOverloadedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Promise 13, the bounds between two envs. */
public abstract class RemoteBoundsContract extends Contract {

  private RpcEndpointRef refToDeadServer() {
    RpcEndpointRef ref = host("e", new Servant());
    ref.askSync(new Msg.Echo("connected"));
    server().close();
    Eventually.await(
        "the client notices",
        () -> client().stats().peers().stream().noneMatch(p -> p.connected()));
    return ref;
  }

  /** Promise 13: the outbox is full. */
  @Test
  void theOutboxIsFull() throws Exception {
    lab.clientConf("rpc.numRetries", "1000")
        .clientConf("rpc.retry.wait", "10s")
        .clientConf("rpc.outbox.maxBytes", "10k");
    RpcEndpointRef ref = refToDeadServer();
    List<RpcFuture<Integer>> waiting = new ArrayList<>();
    waiting.add(ref.ask(new Msg.Blob(new byte[6_000])));
    RpcOverloadedException failure =
        Failures.of(ref.ask(new Msg.Blob(new byte[6_000])), RpcOverloadedException.class);
    Failures.row(failure, true, false);
    assertThat(failure).hasMessageContaining("rpc.outbox.maxBytes");
    assertThatThrownBy(() -> ref.send(new Msg.Blob(new byte[6_000])))
        .isInstanceOf(RpcOverloadedException.class);
    waiting.add(ref.ask(new Msg.Blob(new byte[1_000])));
    assertThat(waiting).noneMatch(RpcFuture::isDone);
    Eventually.awaitEqual(2L, () -> client().stats().peers().get(0).queuedMessages());
    assertThat(client().stats().peers().get(0).queuedBytes()).isBetween(7_000L, 10_240L);
  }

  /** Promise 13: one message always fits an empty outbox. */
  @Test
  void oneMessageAlwaysFitsAnEmptyOutbox() throws Exception {
    lab.clientConf("rpc.outbox.maxBytes", "1k");
    RpcEndpointRef ref = host("e", new Servant());
    for (int i = 0; i < 5; i++) {
      assertThat(ref.askSync(new Msg.Blob(new byte[50_000]))).isEqualTo(50_000);
    }
  }

  private static final EndpointOptions DEDICATED =
      EndpointOptions.serial().withExecutor(EndpointExecutor.DEDICATED);

  /** Promise 13: bodies that nobody has decoded yet are bounded per env. */
  @Test
  void undecodedBodiesAreBounded() throws Exception {
    lab.serverConf("rpc.inbound.maxBytes", "20k");
    Gate gate = lab.gate();
    RpcEndpointRef stuck = lab.host("stuck", new Blocker(gate), DEDICATED);
    RpcEndpointRef other = host("other", new Servant());
    stuck.send(new Msg.Tick(0));
    gate.awaitReached();
    for (int i = 0; i < 5; i++) {
      stuck.send(new Msg.Blob(new byte[6_000]));
    }
    RpcOverloadedException failure =
        Failures.of(stuck.ask(new Msg.Blob(new byte[6_000])), RpcOverloadedException.class);
    Failures.row(failure, true, false);
    assertThat(failure).hasMessageContaining("rpc.inbound.maxBytes");
    assertThat(lab.watcher(server()).dropped("stuck"))
        .hasSize(2)
        .containsOnly(DropReason.INBOUND_FULL);
    gate.open();
    Eventually.awaitEqual(
        4L,
        () ->
            server().stats().endpoints().stream()
                .filter(e -> e.name().equals("stuck"))
                .findFirst()
                .orElseThrow()
                .handled());
    for (int i = 0; i < 10; i++) {
      assertThat(stuck.askSync(new Msg.Blob(new byte[6_000]))).isEqualTo(6_000);
      assertThat(other.askSync(new Msg.Blob(new byte[6_000]))).isEqualTo(6_000);
    }
  }

  /**
   * Promise 13: large replies that wait for a dispatcher thread count, too. One that would be too
   * much does not wait: it is decoded at once, so that each ask ends.
   */
  @Test
  void undecodedRepliesAreBoundedAndNoneIsLost() throws Exception {
    lab.clientConf("rpc.inbound.maxBytes", "50k")
        .clientConf("rpc.netty.dispatcher.numThreads", "1");
    RpcEndpointRef ref = host("e", new Servant());
    Gate gate = lab.gate();
    client().setupEndpoint("stuck", new Blocker(gate)).send(new Msg.Tick(0));
    gate.awaitReached();
    List<RpcFuture<byte[]>> replies = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      replies.add(ref.ask(new Msg.Give(20_000)));
    }
    assertThat(Failures.reply(replies.get(2))).hasSize(20_000);
    assertThat(Failures.reply(replies.get(3))).hasSize(20_000);
    assertThat(replies.get(0)).isNotDone();
    assertThat(replies.get(1)).isNotDone();
    gate.open();
    assertThat(Failures.reply(replies.get(0))).hasSize(20_000);
    assertThat(Failures.reply(replies.get(1))).hasSize(20_000);
    for (int round = 0; round < 10; round++) {
      assertThat(ref.askSync(new Msg.Give(20_000))).hasSize(20_000);
    }
  }

  /** Promise 13: replies that wait take their bytes from requests, which can be repeated. */
  @Test
  void requestsAreRefusedWhileRepliesWait() throws Exception {
    RpcEnv asker =
        lab.env("asker")
            .listen(0)
            .conf("rpc.inbound.maxBytes", "50k")
            .conf("rpc.netty.dispatcher.numThreads", "1")
            .open();
    server().setupEndpoint("e", new Servant());
    RpcEndpointRef ref = Lab.find(asker, server(), "e");
    asker.setupEndpoint("own", new Servant());
    RpcEndpointRef own = Lab.find(server(), asker, "own");
    Gate gate = lab.gate();
    asker.setupEndpoint("stuck", new Blocker(gate)).send(new Msg.Tick(0));
    gate.awaitReached();
    RpcFuture<byte[]> first = ref.ask(new Msg.Give(20_000));
    RpcFuture<byte[]> second = ref.ask(new Msg.Give(20_000));
    Failures.reply(ref.ask(new Msg.Give(20_000))); // behind the two, and decoded at once
    assertThat(first).isNotDone();
    assertThat(second).isNotDone();
    RpcOverloadedException failure =
        Failures.of(own.ask(new Msg.Blob(new byte[20_000])), RpcOverloadedException.class);
    Failures.row(failure, true, false);
    gate.open();
    assertThat(Failures.reply(first)).hasSize(20_000);
    assertThat(Failures.reply(second)).hasSize(20_000);
    assertThat(own.askSync(new Msg.Blob(new byte[20_000]))).isEqualTo(20_000);
  }

  /** Promise 13: network events count against no bound. */
  @Test
  void networkEventsPassAFullInbox() throws Exception {
    Gate gate = lab.gate();
    Blocker blocker = new Blocker(gate);
    RpcEndpointRef ref = lab.host("full", blocker, DEDICATED.withInboxCapacity(1));
    ref.send(new Msg.Tick(0));
    gate.awaitReached();
    Failures.of(fill(ref), RpcOverloadedException.class);
    client().close();
    Eventually.await(
        "the server notices",
        () -> server().stats().peers().stream().noneMatch(p -> p.connected()));
    gate.open();
    Eventually.await(
        "disconnected",
        () -> blocker.events().stream().anyMatch(e -> e.startsWith("disconnected")));
    blocker.stop();
    Eventually.await("stopped", () -> blocker.events().contains("stop"));
  }

  private static RpcFuture<Integer> fill(RpcEndpointRef ref) {
    ref.ask(new Msg.Count(1));
    ref.ask(new Msg.Count(2));
    return ref.ask(new Msg.Count(3));
  }

  /** RPC-08: giving up frees the place in the outbox. */
  @Test
  void anAbortedAskFreesItsPlaceInTheOutbox() throws Exception {
    lab.clientConf("rpc.numRetries", "1000")
        .clientConf("rpc.retry.wait", "10s")
        .clientConf("rpc.outbox.maxBytes", "10k");
    RpcEndpointRef ref = refToDeadServer();
    for (int i = 0; i < 20; i++) {
      RpcFuture<Integer> ask = ref.ask(new Msg.Blob(new byte[6_000]));
      assertThat(ask).isNotDone();
      ask.cancel(false);
      Eventually.await(
          "no bytes", () -> client().stats().peers().stream().allMatch(p -> p.queuedBytes() == 0));
    }
  }
}
