// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcConnectionException;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvStoppedException;
import io.rpcenv.RpcException;
import io.rpcenv.RpcFuture;
import io.rpcenv.RpcTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Promise 4: the rows of the failure table that need a network. */
public abstract class RemoteFailureContract extends Contract {

  private void assertSoon(long begin) {
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
  }

  private RpcEndpointRef refToDeadServer() {
    RpcEndpointRef ref = host("e", new Servant());
    ref.askSync(new Msg.Echo("connected"));
    server().close();
    Eventually.await(
        "the client notices",
        () -> client().stats().peers().stream().noneMatch(p -> p.connected()));
    return ref;
  }

  /** RPC-22: refused. */
  @Test
  void connectionRefused() throws Exception {
    lab.clientConf("rpc.numRetries", "1").clientConf("rpc.retry.wait", "10ms");
    RpcEndpointRef ref = refToDeadServer();
    long begin = System.nanoTime();
    RpcConnectionException failure =
        Failures.of(ref.ask(new Msg.Echo("x")), RpcConnectionException.class);
    Failures.row(failure, true, false);
    assertSoon(begin);
    RpcAddress address = server().address().orElseThrow();
    assertThatThrownBy(() -> client().setupEndpointRef(address, "e"))
        .isInstanceOf(RpcConnectionException.class)
        .hasMessageContaining(address.hostPort());
  }

  /** RPC-22: that the target is gone is never thrown by send. */
  @Test
  void aSendToAServerThatIsGoneIsNotThrown() {
    lab.clientConf("rpc.numRetries", "0");
    RpcEndpointRef ref = refToDeadServer();
    for (int i = 0; i < 3; i++) {
      ref.send(new Msg.Tick(i));
    }
    Eventually.awaitEqual(3, () -> lab.watcher(client()).dropped("e").size());
  }

  /** RPC-06: the ask's own deadline comes before the retries end. */
  @Test
  void anAsksOwnTimeoutEndsItBeforeTheRetriesDo() throws Exception {
    lab.clientConf("rpc.numRetries", "1000").clientConf("rpc.retry.wait", "10s");
    RpcEndpointRef ref = refToDeadServer();
    long begin = System.nanoTime();
    RpcException failure =
        (RpcException) Failures.of(ref.ask(new Msg.Echo("x"), Duration.ofMillis(200)));
    assertThat(failure).isInstanceOfAny(RpcTimeoutException.class, RpcConnectionException.class);
    Failures.row(failure, true, false);
    assertSoon(begin);
    assertThat(failure)
        .hasMessageContaining(server().address().orElseThrow().hostPort())
        .hasMessageContaining("connect");
  }

  /** The connection is lost after the message was written. */
  @Test
  void connectionLostAfterwards() throws Exception {
    lab.serverConf("rpc.shutdown.timeout", "0");
    Servant servant = new Servant();
    RpcEndpointRef ref = host("e", servant);
    List<RpcFuture<String>> asks = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      asks.add(ref.ask(new Msg.Never()));
    }
    servant.awaitKept(10);
    long begin = System.nanoTime();
    server().shutdown();
    for (RpcFuture<String> ask : asks) {
      Failures.row(Failures.of(ask, RpcConnectionException.class), true, true);
    }
    assertSoon(begin);
  }

  /** RPC-21: this env stopped, and the message still waits for a connection. */
  @Test
  void thisEnvStoppedBeforeTheMessageWasWritten() throws Exception {
    lab.clientConf("rpc.numRetries", "1000").clientConf("rpc.retry.wait", "10s");
    RpcEndpointRef ref = refToDeadServer();
    RpcFuture<String> ask = ref.ask(new Msg.Echo("x"));
    ref.send(new Msg.Tick(1));
    client().shutdown();
    Failures.row(Failures.of(ask, RpcEnvStoppedException.class), false, false);
    Eventually.awaitEqual(
        List.of(io.rpcenv.DropReason.ENV_STOPPED), () -> lab.watcher(client()).dropped("e"));
  }

  /** RPC-21: accepted messages of a peer are answered while the env shuts down. */
  @Test
  void acceptedAsksAreAnsweredWhileTheServerShutsDown() throws Exception {
    Gate gate = lab.gate();
    RpcEndpointRef ref =
        host(
            "e",
            new Servant() {
              @Override
              public void receive(Object message) throws Exception {
                gate.pass();
              }
            });
    ref.send(new Msg.Tick(0));
    gate.awaitReached();
    List<RpcFuture<Integer>> asks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      asks.add(ref.ask(new Msg.Count(i)));
    }
    Eventually.await("posted", () -> lab.watcher(server()).posted("e").size() == 21);
    server().shutdown();
    gate.open();
    for (int i = 0; i < 20; i++) {
      assertThat(Failures.reply(asks.get(i))).isEqualTo(i);
    }
  }

  /** RPC-01: many askers at once over one connection. */
  @Test
  void eachAskGetsItsOwnAnswer() throws Exception {
    RpcEndpointRef ref = host("e", new Servant());
    RpcEnv peer = lab.env("peer").listen(0).open();
    RpcEndpointRef fromPeer = Lab.find(peer, server(), "e");
    Crew.run(
        6,
        thread -> {
          List<RpcFuture<Integer>> asks = new ArrayList<>();
          for (int i = 0; i < 500; i++) {
            asks.add((thread % 2 == 0 ? ref : fromPeer).ask(new Msg.Count(thread * 1000 + i)));
          }
          for (int i = 0; i < 500; i++) {
            assertThat(Failures.reply(asks.get(i))).isEqualTo(thread * 1000 + i);
          }
        });
  }

  /** RPC-21: shutdown waits for handlers, not for answers that they left for later. */
  @Test
  void anAskThatItsEnvLeavesUnansweredEndsWithTheConnection() throws Exception {
    Servant servant = new Servant();
    RpcEndpointRef ref = host("e", servant);
    RpcFuture<String> ask = ref.ask(new Msg.Never());
    RpcCallContext call = servant.awaitKept(1);
    long begin = System.nanoTime();
    server().close();
    assertSoon(begin);
    Failures.row(Failures.of(ask, RpcConnectionException.class), true, true);
    assertThat(call.isCancelled()).isTrue();
    assertThat(servant.cancelled().getCount()).as("onCancel ran").isZero();
    assertThat(call.reply("late")).isFalse();
  }

  /** RPC-21: onStop is the last chance to answer what was deferred. */
  @Test
  void whatWasDeferredMayBeAnsweredInOnStop() throws Exception {
    Servant servant =
        new Servant() {
          @Override
          public void onStop() {
            kept().forEach(call -> call.reply("in the end"));
          }
        };
    RpcEndpointRef ref = host("e", servant);
    RpcFuture<String> ask = ref.ask(new Msg.Never());
    servant.awaitKept(1);
    server().close();
    assertThat(Failures.reply(ask)).isEqualTo("in the end");
  }
}
