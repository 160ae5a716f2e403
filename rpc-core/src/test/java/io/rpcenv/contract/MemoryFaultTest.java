// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConnectionException;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcFuture;
import io.rpcenv.RpcTimeoutException;
import io.rpcenv.testing.memory.MemoryNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens to messages when the network fails in the middle, by faults put in on purpose. */
@Timeout(60)
class MemoryFaultTest extends Contract {

  private final InMemoryWiring wiring = new InMemoryWiring();

  @Override
  public Wiring wiring() {
    return wiring;
  }

  private MemoryNetwork network() {
    return wiring.network();
  }

  private RpcEndpointRef connected(Recorder recorder) {
    RpcEndpointRef ref = host("e", recorder);
    assertThat(ref.askSync(new Msg.Echo("connected"))).isEqualTo("connected");
    return ref;
  }

  /** Lost after the frame was written: at once, may have executed. RAY_58512_inFlightFault */
  @Test
  void whatWasWrittenFailsAtOnceWhenTheConnectionIsCut() throws Exception {
    Servant servant = new Servant();
    RpcEndpointRef ref = connected(servant);
    RpcFuture<String> ask = ref.ask(new Msg.Never());
    servant.awaitKept(1);
    network().cut(client().name());
    Failures.row(Failures.of(ask, RpcConnectionException.class), true, true);
    assertThat(ref.askSync(new Msg.Echo("again"))).isEqualTo("again");
    Eventually.await("the receiver learns of it", servant.kept().get(0)::isCancelled);
  }

  /** Lost before the frame was given to the socket: stays queued, goes out later, in order. */
  @Test
  void whatWasNotWrittenGoesOutOnTheNextConnection() throws Exception {
    Recorder recorder = new Recorder();
    RpcEndpointRef ref = connected(recorder);
    network().hold(client().name());
    List<RpcFuture<String>> queued = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      queued.add(ref.ask(new Msg.Echo("queued " + i)));
      ref.send(new Msg.Tick(i));
    }
    Eventually.await("queued", () -> client().stats().peers().get(0).queuedMessages() == 100);
    network().cut(client().name());
    for (int i = 0; i < 50; i++) {
      assertThat(Failures.reply(queued.get(i))).isEqualTo("queued " + i);
    }
    Eventually.awaitEqual(50, () -> ticks(recorder).size());
    assertThat(ticks(recorder)).isSorted().doesNotHaveDuplicates();
  }

  private static List<Integer> ticks(Recorder recorder) {
    return recorder.events().stream()
        .filter(e -> e.startsWith("receive Tick"))
        .map(e -> Integer.parseInt(e.replaceAll("\\D", "")))
        .toList();
  }

  /** Promise 3: what is sent when the socket takes more again does not overtake what waits. */
  @Test
  void backpressureKeepsTheOrder() throws Exception {
    Recorder recorder = new Recorder();
    RpcEndpointRef ref = connected(recorder);
    int sent = 0;
    for (int round = 0; round < 100; round++) {
      network().hold(client().name());
      for (int i = 0; i < 10; i++) {
        ref.send(new Msg.Tick(sent++));
      }
      network().release(client().name());
      for (int i = 0; i < 10; i++) {
        ref.send(new Msg.Tick(sent++));
      }
    }
    int all = sent;
    Eventually.awaitEqual(all, () -> ticks(recorder).size());
    assertThat(ticks(recorder)).isSorted();
  }

  /** Backpressure: what waits for the socket times out as not executed, and is never sent. */
  @Test
  void anAskThatTimedOutInTheOutboxIsNeverSent() throws Exception {
    Recorder recorder = new Recorder();
    RpcEndpointRef ref = connected(recorder);
    network().hold(client().name());
    RpcTimeoutException failure =
        Failures.of(
            ref.ask(new Msg.Echo("late"), Duration.ofMillis(50)), RpcTimeoutException.class);
    Failures.row(failure, true, false);
    assertThat(failure).hasMessageContaining("outbox");
    network().release(client().name());
    assertThat(ref.askSync(new Msg.Echo("next"))).isEqualTo("next");
    assertThat(recorder.events()).doesNotContain("ask late");
  }

  /**
   * Promise 3: a handshake from an env that is connected already closes the old connection, and
   * what came on that is posted first.
   */
  @Test
  void messagesOfANewConnectionDoNotOvertakeThoseOfTheOldOne() throws Exception {
    Recorder recorder = new Recorder();
    RpcEndpointRef ref = connected(recorder);
    network().pauseReading(server().name());
    for (int i = 0; i < 100; i++) {
      ref.send(new Msg.Tick(i));
    }
    Eventually.await("written", () -> client().stats().peers().get(0).queuedMessages() == 0);
    network().vanish(client().name());
    Eventually.await(
        "noticed", () -> client().stats().peers().stream().noneMatch(p -> p.connected()));
    for (int i = 100; i < 200; i++) {
      ref.send(new Msg.Tick(i));
    }
    Eventually.awaitEqual(200, () -> ticks(recorder).size());
    assertThat(ticks(recorder)).isSorted();
    assertThat(network().connections(client().name())).isEqualTo(1);
  }

  /** Unknown host. */
  @Test
  void anUnknownHostFailsAfterTheRetries() throws Exception {
    lab.clientConf("rpc.numRetries", "2").clientConf("rpc.retry.wait", "10ms");
    RpcAddress unknown = RpcAddress.of("x.invalid", 7077);
    assertThatThrownBy(() -> client().setupEndpointRef(unknown, "e"))
        .isInstanceOf(RpcConnectionException.class)
        .hasMessageContaining("x.invalid")
        .hasRootCauseInstanceOf(java.net.UnknownHostException.class);
    assertThat(network().connects()).as("one attempt and two retries").isEqualTo(3);
    RpcConnectionException failure =
        Failures.of(
            client().asyncSetupEndpointRefByURI("rpc://e@x.invalid:7077"),
            RpcConnectionException.class);
    Failures.row(failure, true, false);
  }

  /** RPC-22: connects refused for a while, then accepted. */
  @Test
  void connectsAreRetriedUntilOneSucceeds() throws Exception {
    lab.clientConf("rpc.numRetries", "100").clientConf("rpc.retry.wait", "10ms");
    RpcAddress address = server().address().orElseThrow();
    server().setupEndpoint("e", new Servant());
    network().refuse(address, true);
    RpcFuture<RpcEndpointRef> ref =
        client().asyncSetupEndpointRefByURI("rpc://e@" + address.hostPort());
    Eventually.await("some refused", () -> network().connects() >= 3);
    assertThat(ref).isNotDone();
    network().refuse(address, false);
    assertThat(Failures.reply(ref).askSync(new Msg.Echo("x"))).isEqualTo("x");
  }

  /** RPC-14: one connection per direction, however many threads begin to talk at once. */
  @Test
  void thereIsOneConnectionHoweverManyThreadsBegin() throws Exception {
    RpcAddress address = server().address().orElseThrow();
    server().setupEndpoint("e", new Servant());
    client();
    Crew.run(
        8,
        thread -> {
          RpcEndpointRef ref = client().setupEndpointRef(address, "e");
          assertThat(ref.askSync(new Msg.Count(thread))).isEqualTo(thread);
        });
    assertThat(network().connections(client().name())).isEqualTo(1);
  }

  /** Promise 8: a connection that is cut and comes back is a disconnect and a connect. */
  @Test
  void aCutConnectionIsSeenAtBothEnds() {
    NetRecorder atClient = new NetRecorder();
    NetRecorder atServer = new NetRecorder();
    client().setupEndpoint("c", atClient);
    RpcEndpointRef ref = connected(atServer);
    network().cut(client().name());
    String up = "connected " + server().address().orElseThrow();
    Eventually.await("down", () -> atClient.events().contains("dis" + up));
    Eventually.await(
        "down", () -> atServer.events().stream().anyMatch(e -> e.startsWith("disconnected")));
    ref.askSync(new Msg.Echo("again"));
    Eventually.awaitEqual(List.of("start", up, "dis" + up, up), atClient::events);
  }
}
