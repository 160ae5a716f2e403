// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.EndpointExecutor;
import io.rpcenv.EndpointOptions;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnvStats;
import io.rpcenv.RpcFuture;
import io.rpcenv.RpcRemoteException;
import io.rpcenv.transport.LoopThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Network threads (promise 14) and the counters of peers. */
public abstract class RemoteLoopContract extends Contract {

  private static final EndpointOptions LOOP =
      EndpointOptions.serial().withExecutor(EndpointExecutor.EVENT_LOOP);

  /** Does something on a network thread. */
  @FunctionalInterface
  private interface OnLoop {
    Object run(RpcEndpoint self) throws Exception;
  }

  private static RpcEndpoint doing(OnLoop work) {
    return new RpcEndpoint() {
      @Override
      public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
        call.reply(work.run(this));
      }
    };
  }

  @Test
  void anEventLoopEndpointRunsOnANetworkThread() {
    RpcEndpointRef ref =
        lab.host("loop", doing(self -> Thread.currentThread() instanceof LoopThread), LOOP);
    for (int i = 0; i < 20; i++) {
      assertThat(ref.askSync(new Loose.Any("?"))).isEqualTo(true);
    }
  }

  /** Promise 14: our blocking calls throw at once on a network thread. */
  @Test
  void blockingCallsThrowAtOnceOnANetworkThread() throws Exception {
    RpcEndpointRef other = server().setupEndpoint("other", new Servant());
    List<OnLoop> all =
        List.of(
            self -> other.askSync(new Msg.Count(1)),
            self -> other.ask(new Msg.Never()).get(),
            self -> other.ask(new Msg.Never()).join(),
            self -> self.rpcEnv().setupEndpointRef(self.rpcEnv().address().orElseThrow(), "other"),
            self -> self.rpcEnv().awaitTermination(Duration.ofMillis(1)));
    for (int i = 0; i < all.size(); i++) {
      RpcEndpointRef ref = lab.host("loop" + i, doing(all.get(i)), LOOP);
      RpcRemoteException failure =
          Failures.of(ref.ask(new Loose.Any("?")), RpcRemoteException.class);
      assertThat(failure.remoteClassName()).isEqualTo(IllegalStateException.class.getName());
    }
  }

  /** Promise 14: in a stage of an ask, too, where that runs on a network thread. */
  @Test
  void blockingInAStageOnANetworkThreadThrowsAtOnce() throws Exception {
    Servant servant = new Servant();
    RpcEndpointRef ref = host("e", servant);
    CompletableFuture<Object> seen = new CompletableFuture<>();
    RpcFuture<String> ask = ref.ask(new Msg.Never());
    ask.whenComplete(
        (reply, failure) -> {
          try {
            seen.complete(
                Thread.currentThread() instanceof LoopThread
                    ? ref.askSync(new Msg.Echo("blocking"))
                    : "not on a network thread");
          } catch (Throwable e) {
            seen.complete(e);
          }
        });
    servant.awaitKept(1).reply("now");
    Object outcome = Failures.reply(seen);
    if (!"not on a network thread".equals(outcome)) {
      assertThat(outcome).isInstanceOf(IllegalStateException.class);
    }
    assertThat(ref.askSync(new Msg.Echo("alive"))).isEqualTo("alive");
  }

  /** A get of an ask that is answered already does not block. */
  @Test
  void anAnsweredAskCanBeReadAnywhere() {
    RpcEndpointRef ref = host("e", new Servant());
    CompletableFuture<String> read = new CompletableFuture<>();
    RpcFuture<String> ask = ref.ask(new Msg.Echo("x"));
    ask.whenComplete((reply, failure) -> read.complete(ask.join()));
    Eventually.await("read", read::isDone);
    assertThat(read).isCompletedWithValue("x");
  }

  private RpcEnvStats.Peer onlyPeer() {
    List<RpcEnvStats.Peer> peers = client().stats().peers();
    assertThat(peers).hasSize(1);
    return peers.get(0);
  }

  @Test
  void peersAreCounted() throws Exception {
    Servant servant = new Servant();
    RpcEndpointRef ref = host("e", servant);
    long before = onlyPeer().writtenBytes();
    ref.askSync(new Msg.Blob(new byte[10_000]));
    assertThat(onlyPeer().writtenBytes() - before).isBetween(10_000L, 11_000L);
    assertThat(onlyPeer().connected()).isTrue();
    assertThat(onlyPeer().address()).isEqualTo(server().address());
    List<RpcFuture<String>> pending = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      pending.add(ref.ask(new Msg.Never()));
    }
    servant.awaitKept(5);
    assertThat(onlyPeer().pendingAsks()).isEqualTo(5);
    Eventually.awaitEqual(0L, () -> onlyPeer().queuedMessages());
    servant.kept().forEach(call -> call.reply("done"));
    for (RpcFuture<String> ask : pending) {
      Failures.reply(ask);
    }
    Eventually.awaitEqual(0L, () -> onlyPeer().pendingAsks());
  }

  /** The server sees the client as a peer without an address. */
  @Test
  void aClientIsAPeerWithoutAnAddress() {
    host("e", new Servant()).askSync(new Msg.Echo("x"));
    List<RpcEnvStats.Peer> peers = server().stats().peers();
    assertThat(peers).hasSize(1);
    assertThat(peers.get(0).address()).isEmpty();
    assertThat(peers.get(0).description()).contains(client().name());
    assertThat(peers.get(0).connected()).isTrue();
  }

  /** Promise 13: a full inbox never keeps other endpoints' messages from being read. */
  @Test
  void aFullInboxDelaysNoOtherEndpoint() throws Exception {
    Gate gate = lab.gate();
    RpcEndpointRef stuck =
        lab.host(
            "stuck",
            new Servant() {
              @Override
              public void receive(Object message) throws Exception {
                gate.pass();
              }
            },
            EndpointOptions.serial().withInboxCapacity(2).withExecutor(EndpointExecutor.DEDICATED));
    RpcEndpointRef other = host("other", new Servant());
    for (int i = 0; i < 2_000; i++) {
      stuck.send(new Msg.Tick(i));
    }
    assertThat(other.askSync(new Msg.Echo("x"))).isEqualTo("x");
    Eventually.await("dropped", () -> lab.watcher(server()).dropped("stuck").size() >= 1_990);
  }

  /** Promise 14: a look-up in a handler blocks like an ask, and a spare thread stands in. */
  @Test
  void aLookUpInAHandlerWorksOnOneDispatcherThread() {
    lab.conf("rpc.netty.dispatcher.numThreads", "1");
    server().setupEndpoint("e", new Servant());
    RpcEndpoint seeker =
        doing(self -> Lab.find(self.rpcEnv(), server(), "e").askSync(new Msg.Count(5)));
    RpcEndpointRef local = client().setupEndpoint("seeker", seeker);
    assertThat(local.askSync(new Loose.Any("?"))).isEqualTo(5);
  }
}
