// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvListener;
import io.rpcenv.RpcException;
import io.rpcenv.RpcFuture;
import io.rpcenv.RpcTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Envs without a listener, and refs that are handed on: RPC-02, RPC-03. */
public abstract class ClientModeContract extends Contract {

  /** RPC-02 */
  @Test
  void aServerReachesAClientModeEnvThroughARefThatItSent() {
    Recorder helper = new Recorder();
    RpcEndpointRef own = client().setupEndpoint("helper", helper);
    assertThat(own.address()).isEmpty();
    assertThat(client().address()).isEmpty();
    RpcEndpointRef ref = host("e", new Servant());
    assertThat(ref.askSync(new Msg.Carry(own))).isEqualTo("through a ref");
    assertThat(ref.askSync(new Msg.Deep(List.of(Map.of("ref", own))))).isEqualTo("through a ref");
    helper.awaitEvents("start", "ask through a ref", "ask through a ref");
  }

  /** RPC-02: the server may keep the ref and use it later, for sends, too. */
  @Test
  void aServerMayKeepAClientsRef() throws Exception {
    RpcEndpointRef kept = refOfClientAtServer("helper", new Servant());
    Recorder second = new Recorder();
    client().setupEndpoint("second", second);
    assertThat(kept.address()).isEmpty();
    for (int i = 0; i < 50; i++) {
      kept.send(new Msg.Tick(i));
      assertThat(Failures.reply(kept.ask(new Msg.Count(i)))).isEqualTo(i);
    }
  }

  /** Hands a ref of a client's endpoint to the server, which keeps it. */
  private RpcEndpointRef refOfClientAtServer(String name, Recorder endpoint) throws Exception {
    return keep(client(), client().setupEndpoint(name, endpoint), "keeper of " + name);
  }

  private RpcEndpointRef keep(RpcEnv owner, RpcEndpointRef ref, String keeperName)
      throws Exception {
    Keeper keeper = new Keeper();
    server().setupEndpoint(keeperName, keeper);
    Lab.find(owner, server(), keeperName).askSync(new Msg.GiveBack(ref));
    return Failures.reply(keeper.received());
  }

  /** RPC-03: a ref handed on to a third env works there when its owner listens. */
  @Test
  void aListeningEnvsRefWorksInAThirdEnv() {
    RpcEndpointRef ref = host("e", new Servant());
    RpcEnv third = lab.env("third").listen(0).open();
    third.setupEndpoint("asker", new Servant());
    RpcEndpointRef asker = Lab.find(client(), third, "asker");
    assertThat(asker.askSync(new Msg.Carry(ref))).isEqualTo("through a ref");
    assertThat(asker.askSync(new Msg.GiveBack(ref))).isEqualTo(ref);
  }

  /** RPC-03: where it is not connected, a client-mode env's ref fails at once and says why. */
  @Test
  void aClientModeEnvsRefFailsAtOnceWhereItIsNotConnected() throws Exception {
    RpcEnv third = lab.env("third").listen(0).open();
    Keeper keeper = new Keeper();
    third.setupEndpoint("keeper", keeper);
    RpcEndpointRef kept = refOfClientAtServer("helper", new Servant());
    Lab.find(server(), third, "keeper").askSync(new Msg.GiveBack(kept));
    RpcEndpointRef foreign = Failures.reply(keeper.received());
    long begin = System.nanoTime();
    RpcFuture<String> ask = foreign.ask(new Msg.Echo("x"));
    RpcException failure = Failures.of(ask, RpcException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
    assertThat(failure).hasMessageContaining("no listener").hasMessageContaining("not connected");
    assertThat(failure.mayHaveExecuted()).isFalse();
    foreign.send(new Msg.Tick(1));
    Eventually.awaitEqual(1, () -> lab.watcher(third).dropped("helper").size());
    Lab.find(client(), third, "keeper");
    assertThat(foreign.askSync(new Msg.Echo("connected now"))).isEqualTo("connected now");
  }

  /** RPC-03: two clients' endpoints of one name are not equal. */
  @Test
  void endpointsOfOneNameInTwoClientsDiffer() throws Exception {
    RpcEndpointRef first = refOfClientAtServer("same", new Servant());
    RpcEnv other = lab.env("other").open();
    Recorder otherEndpoint = new Recorder();
    RpcEndpointRef second = keep(other, other.setupEndpoint("same", otherEndpoint), "second");
    assertThat(first).isNotEqualTo(second);
    assertThat(second.askSync(new Msg.Echo("to the second"))).isEqualTo("to the second");
    assertThat(otherEndpoint.events()).contains("ask to the second");
    assertThat(first.askSync(new Msg.Echo("to the first"))).isEqualTo("to the first");
    assertThat(otherEndpoint.events()).doesNotContain("ask to the first");
  }

  /** RPC-03: two refs to a client's endpoint are equal at the server however they came. */
  @Test
  void refsToOneClientEndpointAreEqualAtTheServer() throws Exception {
    RpcEndpointRef own = client().setupEndpoint("helper", new Servant());
    RpcEndpointRef one = keep(client(), own, "k1");
    RpcEndpointRef two = keep(client(), own, "k2");
    assertThat(one).isEqualTo(two).hasSameHashCodeAs(two).isEqualTo(own);
    assertThat(one.askSync(new Msg.WhoAreYou())).isEqualTo(one);
  }

  /** RPC-06, SPARK_31233_peerNeverNull: a peer without an address is named by its socket's. */
  @Test
  void aTimeoutOfAClientModeEnvsEndpointNamesItsSocketAddress() throws Exception {
    RpcEndpointRef kept = refOfClientAtServer("helper", new Servant());
    String socket = host("where", new Servant()).askSync(new Msg.WhereAmI());
    RpcTimeoutException failure =
        Failures.of(kept.ask(new Msg.Never(), Duration.ofMillis(100)), RpcTimeoutException.class);
    assertThat(failure).hasMessageContaining(socket).hasMessageContaining("helper");
    assertThat(failure.getMessage()).doesNotContain("null");
  }

  /** Promise 3: messages to a client-mode env keep their order, whichever ref object is used. */
  @Test
  void messagesToAClientModeEnvKeepTheirOrder() throws Exception {
    Recorder helper = new Recorder();
    RpcEndpointRef own = client().setupEndpoint("helper", helper);
    List<RpcEndpointRef> refs = List.of(keep(client(), own, "k1"), keep(client(), own, "k2"));
    RpcFuture<?> last = null;
    for (int i = 0; i < 500; i++) {
      RpcEndpointRef ref = refs.get(i % 2);
      if (i % 5 == 4) {
        last = ref.ask(new Msg.Echo("" + i));
      } else {
        ref.send(new Msg.Tick(i));
      }
    }
    Failures.reply(java.util.Objects.requireNonNull(last));
    List<Integer> numbers =
        helper.events().stream()
            .skip(1)
            .map(e -> Integer.parseInt(e.replaceAll("\\D", "")))
            .toList();
    assertThat(numbers).hasSize(500).isSorted();
  }

  /** An env that meets its own address takes the local path. */
  @Test
  void anEnvThatLooksItselfUpTakesTheLocalPath() {
    RpcEndpointRef own = server().setupEndpoint("own", new Servant());
    RpcEndpointRef found = Lab.find(server(), server(), "own");
    assertThat(found).isEqualTo(own);
    assertThat(found.askSync(new Msg.Echo("x"))).isEqualTo("x");
    assertThat(server().stats().peers()).isEmpty();
  }

  /** Promise 3: also when it meets itself by another name for its host. */
  @Test
  void anEnvThatMeetsItsOwnIdUsesTheLocalPath() {
    RpcEndpointRef own = server().setupEndpoint("own", new Servant());
    int port = server().address().orElseThrow().port();
    RpcEndpointRef found = server().setupEndpointRef(RpcAddress.of("localhost", port), "own");
    for (int i = 0; i < 3; i++) {
      assertThat(found.askSync(new Msg.Count(i))).isEqualTo(i);
      found.send(new Msg.Tick(i));
    }
    Eventually.awaitEqual(6, () -> lab.watcher(server()).posted("own").size());
    assertThat(lab.watcher(server()).posted("own"))
        .allMatch(e -> e.origin() == RpcEnvListener.Origin.LOCAL, "local");
    assertThat(found.askSync(new Msg.WhoAreYou())).isEqualTo(own);
    Eventually.await(
        "no connection to itself",
        () -> server().stats().peers().stream().noneMatch(p -> p.connected()));
  }
}
