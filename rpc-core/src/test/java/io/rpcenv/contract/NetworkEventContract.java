// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcConnectionException;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Promise 8, network events: RPC-14. */
public abstract class NetworkEventContract extends Contract {

  private static List<String> network(Recorder recorder) {
    return recorder.events().stream()
        .filter(e -> e.startsWith("connected") || e.startsWith("disc") || e.startsWith("network"))
        .toList();
  }

  private static RpcAddress address(RpcEnv env) {
    return env.address().orElseThrow();
  }

  /** RPC-14, SPARK_14699_noDisconnectOnOwnShutdown, SPARK_10987_disconnectSeenByPassivePeer */
  @Test
  void twoServersSeeEachOtherOnce() {
    RpcEnv peer = lab.env("peer").listen(0).open();
    NetRecorder atServer = new NetRecorder();
    NetRecorder atPeer = new NetRecorder();
    server().setupEndpoint("e", atServer);
    peer.setupEndpoint("p", atPeer);
    RpcEndpointRef toServer = Lab.find(peer, server(), "e");
    RpcEndpointRef toPeer = Lab.find(server(), peer, "p");
    for (int i = 0; i < 5; i++) {
      toServer.askSync(new Msg.Count(i));
      toPeer.askSync(new Msg.Count(i));
    }
    String serverUp = "connected " + address(server());
    String peerUp = "connected " + address(peer);
    Eventually.awaitEqual(List.of(peerUp), () -> network(atServer));
    Eventually.awaitEqual(List.of(serverUp), () -> network(atPeer));
    peer.close();
    Eventually.awaitEqual(List.of(peerUp, "dis" + peerUp), () -> network(atServer));
    assertThat(network(atPeer)).containsExactly(serverUp);
    assertThat(atPeer.events()).endsWith("stop");
  }

  /** RPC-14: a client env seen from a server, by the address that senderAddress() says. */
  @Test
  void aServerSeesAClient() {
    NetRecorder atServer = new NetRecorder();
    RpcEndpointRef ref = host("e", atServer);
    String socket = ref.askSync(new Msg.WhereAmI());
    Eventually.awaitEqual(List.of("connected " + socket), () -> network(atServer));
    client().close();
    Eventually.awaitEqual(
        List.of("connected " + socket, "disconnected " + socket), () -> network(atServer));
  }

  /** RPC-14: a server seen from a client. */
  @Test
  void aClientSeesAServer() {
    NetRecorder atClient = new NetRecorder();
    client().setupEndpoint("watching", atClient);
    host("e", new Servant()).askSync(new Msg.Echo("x"));
    String up = "connected " + address(server());
    Eventually.awaitEqual(List.of(up), () -> network(atClient));
    server().close();
    Eventually.awaitEqual(List.of(up, "dis" + up), () -> network(atClient));
  }

  /** RPC-14: onConnected before the peer's first message, onDisconnected after its last. */
  @Test
  void eventsEncloseThePeersMessages() {
    NetRecorder atServer = new NetRecorder();
    RpcEndpointRef own = server().setupEndpoint("e", atServer);
    for (int round = 0; round < 10; round++) {
      RpcEnv brief = lab.env("brief").open();
      RpcEndpointRef ref = Lab.find(brief, server(), "e");
      for (int i = 0; i < 20; i++) {
        ref.send(new Msg.Tick(i));
      }
      ref.askSync(new Msg.Echo("last"));
      brief.close();
      int rounds = round + 1;
      Eventually.awaitEqual(2 * rounds, () -> network(atServer).size());
    }
    List<String> events = atServer.events();
    assertThat(events).hasSize(1 + 10 * 23);
    for (int round = 0; round < 10; round++) {
      List<String> part = events.subList(1 + 23 * round, 1 + 23 * (round + 1));
      assertThat(part.get(0)).startsWith("connected ");
      assertThat(part.get(21)).isEqualTo("ask last");
      assertThat(part.get(22)).isEqualTo("dis" + part.get(0));
    }
    assertThat(own.name()).isEqualTo("e");
  }

  /** Promise 8: no replay to new endpoints, none to those without a hook. */
  @Test
  void eventsAreNotReplayed() {
    host("e", new Servant()).askSync(new Msg.Echo("x"));
    NetRecorder late = new NetRecorder();
    RpcEndpointRef ref = host("late", late);
    ref.askSync(new Msg.Echo("x"));
    client().close();
    Eventually.await("disconnected", () -> network(late).size() == 1);
    assertThat(network(late)).allMatch(e -> e.startsWith("disconnected "), "only the end");
  }

  /** RPC-22: a connect that gives up raises one onNetworkError and nothing else. */
  @Test
  void aConnectThatGivesUpIsOneNetworkError() throws Exception {
    lab.clientConf("rpc.numRetries", "2").clientConf("rpc.retry.wait", "10ms");
    NetRecorder atClient = new NetRecorder();
    client().setupEndpoint("watching", atClient);
    RpcEnv gone = lab.env("gone").listen(0).open();
    RpcAddress address = address(gone);
    gone.close();
    RpcException failure =
        Failures.of(client().asyncSetupEndpointRefByURI("rpc://e@" + address), RpcException.class);
    assertThat(failure).isInstanceOf(RpcConnectionException.class);
    Eventually.awaitEqual(List.of("network error " + address), () -> network(atClient));
  }

  /** RPC-10: errors in the network hooks go to onError. */
  @Test
  void errorsInNetworkHooksGoToOnError() {
    Servant broken =
        new Servant() {
          @Override
          public void onConnected(RpcAddress peer) throws Exception {
            throw new IllegalStateException("in onConnected");
          }

          @Override
          public void onDisconnected(RpcAddress peer) throws Exception {
            throw new IllegalStateException("in onDisconnected");
          }
        };
    RpcEndpointRef ref = host("e", broken);
    assertThat(ref.askSync(new Msg.Echo("x"))).isEqualTo("x");
    client().close();
    Eventually.awaitEqual(
        List.of("in onConnected", "in onDisconnected"),
        () -> broken.errors().stream().map(Throwable::getMessage).toList());
  }

  /** RPC-14: none at an env's own shutdown, at either kind of env. */
  @Test
  void anEnvsOwnShutdownRaisesNothingAtItsOwnEndpoints() {
    NetRecorder atClient = new NetRecorder();
    NetRecorder atServer = new NetRecorder();
    client().setupEndpoint("c", atClient);
    host("e", atServer).askSync(new Msg.Echo("x"));
    Eventually.await("connected", () -> network(atServer).size() == 1);
    Eventually.await("connected", () -> network(atClient).size() == 1);
    client().close();
    Eventually.await("disconnected", () -> network(atServer).size() == 2);
    server().close();
    assertThat(network(atClient)).hasSize(1);
    assertThat(network(atServer)).hasSize(2);
  }

  /** A call learns that its asker's connection is gone. */
  @Test
  void aCallOfAPeerThatIsGoneIsCancelled() throws Exception {
    Servant servant = new Servant();
    host("e", servant).ask(new Msg.Never());
    RpcCallContext call = servant.awaitKept(1);
    client().close();
    Eventually.await("cancelled", call::isCancelled);
    assertThat(call.reply("nobody waits")).isFalse();
  }
}
