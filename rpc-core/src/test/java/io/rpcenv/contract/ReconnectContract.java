// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.DropReason;
import io.rpcenv.RpcAbortedException;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConnectionException;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvStats;
import io.rpcenv.RpcFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Connecting, retrying and coming back: RPC-22, RPC-23. */
public abstract class ReconnectContract extends Contract {

  private RpcAddress address() {
    return server().address().orElseThrow();
  }

  private void stopServer(RpcEnv from) {
    RpcAddress address = address();
    server().close();
    Eventually.await("the client notices", () -> !connected(from, address));
  }

  private static boolean connected(RpcEnv env, RpcAddress address) {
    return env.stats().peers().stream()
        .filter(p -> p.address().equals(java.util.Optional.of(address)))
        .anyMatch(RpcEnvStats.Peer::connected);
  }

  private RpcEnv startAgain(String endpoint, Recorder recorder) {
    RpcEnv again =
        lab.env("again").listen(address().port()).conf("rpc.port.maxRetries", "0").open();
    again.setupEndpoint(endpoint, recorder);
    return again;
  }

  /** RPC-23 */
  @Test
  void aPeerThatRestartsAtTheSameAddressIsReachedAgain() {
    RpcEndpointRef ref = host("e", new Servant());
    assertThat(ref.askSync(new Msg.Echo("before"))).isEqualTo("before");
    for (int round = 0; round < 3; round++) {
      RpcAddress address = address();
      RpcEnv running = round == 0 ? server() : lab.latest();
      running.close();
      Eventually.await("the client notices", () -> !connected(client(), address));
      Servant next = new Servant();
      startAgain("e", next);
      assertThat(ref.askSync(new Msg.Echo("after " + round))).isEqualTo("after " + round);
    }
  }

  /** RPC-22: messages sent meanwhile go out in order on success. */
  @Test
  void messagesSentMeanwhileGoOutInOrder() throws Exception {
    lab.clientConf("rpc.numRetries", "1000").clientConf("rpc.retry.wait", "20ms");
    RpcEndpointRef ref = host("e", new Servant());
    ref.askSync(new Msg.Echo("connected"));
    stopServer(client());
    List<RpcFuture<Integer>> asks = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      if (i % 4 == 3) {
        asks.add(ref.ask(new Msg.Step(0, i, new byte[0])));
      } else {
        ref.send(new Msg.Step(0, i, new byte[0]));
      }
    }
    List<Integer> came = java.util.Collections.synchronizedList(new ArrayList<>());
    startAgain("e", steps(came));
    for (RpcFuture<Integer> ask : asks) {
      Failures.reply(ask);
    }
    Eventually.await("all came", () -> came.size() == 200);
    assertThat(came).isSorted().doesNotHaveDuplicates();
  }

  /** RPC-08: the thread gave up before the message had left. */
  @Test
  void anAskSyncThatIsInterruptedInTheOutboxHasNotExecuted() {
    lab.clientConf("rpc.numRetries", "1000").clientConf("rpc.retry.wait", "10s");
    RpcEndpointRef ref = host("e", new Servant());
    ref.askSync(new Msg.Echo("connected"));
    stopServer(client());
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> ref.askSync(new Msg.Echo("x")))
          .isInstanceOfSatisfying(RpcAbortedException.class, e -> Failures.row(e, false, false));
    } finally {
      Thread.interrupted();
    }
    Eventually.await(
        "no bytes", () -> client().stats().peers().stream().allMatch(p -> p.queuedBytes() == 0));
  }

  private static Recorder steps(List<Integer> came) {
    return new Recorder() {
      @Override
      public void receive(Object message) {
        came.add(((Msg.Step) message).n());
      }

      @Override
      public void receiveAndReply(Object message, io.rpcenv.RpcCallContext call) throws Exception {
        receive(message);
        call.reply(((Msg.Step) message).n());
      }
    };
  }

  /** RPC-22: so many retries, so long apart, and the messages fail with the cause. */
  @Test
  void messagesSentMeanwhileFailWithTheCauseOtherwise() throws Exception {
    lab.clientConf("rpc.numRetries", "3").clientConf("rpc.retry.wait", "60ms");
    RpcEndpointRef ref = host("e", new Servant());
    ref.askSync(new Msg.Echo("connected"));
    stopServer(client());
    long begin = System.nanoTime();
    RpcFuture<String> ask = ref.ask(new Msg.Echo("x"));
    ref.send(new Msg.Tick(1));
    RpcConnectionException failure = Failures.of(ask, RpcConnectionException.class);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    Failures.row(failure, true, false);
    assertThat(millis).as("three pauses of 60 ms").isBetween(179L, 10_000L);
    assertThat(failure)
        .hasMessageContaining(address().hostPort())
        .hasCauseInstanceOf(java.io.IOException.class);
    Eventually.awaitEqual(
        List.of(DropReason.NOT_CONNECTED), () -> lab.watcher(client()).dropped("e"));
    Servant next = new Servant();
    startAgain("e", next);
    assertThat(ref.askSync(new Msg.Echo("reached again"))).isEqualTo("reached again");
  }

  /** RPC-22: meanwhile other peers are served. */
  @Test
  void otherPeersAreServedMeanwhile() throws Exception {
    lab.clientConf("rpc.numRetries", "1000").clientConf("rpc.retry.wait", "50ms");
    RpcEnv other = lab.env("other").listen(0).open();
    other.setupEndpoint("o", new Servant());
    RpcEndpointRef otherRef = Lab.find(client(), other, "o");
    RpcEndpointRef ref = host("e", new Servant());
    ref.askSync(new Msg.Echo("connected"));
    stopServer(client());
    RpcFuture<String> waiting = ref.ask(new Msg.Echo("x"));
    for (int i = 0; i < 100; i++) {
      assertThat(otherRef.askSync(new Msg.Count(i))).isEqualTo(i);
    }
    assertThat(waiting).isNotDone();
    waiting.cancel(false);
  }

  /** RPC-03: a client-mode env's ref works also after it reconnects. */
  @Test
  void aClientModeEnvIsReachedAgainAfterItReconnects() throws Exception {
    RpcEndpointRef own = client().setupEndpoint("helper", new Servant());
    RpcEnv middle = lab.env("middle").listen(0).open();
    Keeper keeper = new Keeper();
    middle.setupEndpoint("keeper", keeper);
    RpcEndpointRef toKeeper = Lab.find(client(), middle, "keeper");
    toKeeper.askSync(new Msg.GiveBack(own));
    RpcEndpointRef kept = Failures.reply(keeper.received());
    assertThat(kept.askSync(new Msg.Echo("1"))).isEqualTo("1");
    middle.close();
    RpcEnv again =
        lab.env("again")
            .listen(middle.address().orElseThrow().port())
            .conf("rpc.port.maxRetries", "0")
            .open();
    Keeper second = new Keeper();
    again.setupEndpoint("keeper", second);
    Eventually.await("noticed", () -> !connected(client(), middle.address().orElseThrow()));
    toKeeper.askSync(new Msg.GiveBack(own));
    assertThat(Failures.reply(second.received()).askSync(new Msg.Echo("2"))).isEqualTo("2");
  }

  /** RPC-22: giving up an ask that waits for a connection keeps the others waiting. */
  @Test
  void anAbortedAskThatWaitsIsNeverSent() throws Exception {
    lab.clientConf("rpc.numRetries", "1000").clientConf("rpc.retry.wait", "20ms");
    RpcEndpointRef ref = host("e", new Servant());
    ref.askSync(new Msg.Echo("connected"));
    stopServer(client());
    RpcFuture<String> first = ref.ask(new Msg.Echo("first"));
    RpcFuture<String> aborted = ref.ask(new Msg.Echo("aborted"));
    RpcFuture<String> last = ref.ask(new Msg.Echo("last"));
    aborted.abort(new Exception("not wanted"));
    Recorder recorder = new Recorder();
    startAgain("e", recorder);
    assertThat(Failures.reply(first)).isEqualTo("first");
    assertThat(Failures.reply(last)).isEqualTo("last");
    assertThat(recorder.events()).containsExactly("start", "ask first", "ask last");
  }
}
