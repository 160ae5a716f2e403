// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcTimeout;
import io.rpcenv.internal.env.SystemMessage.CheckExistence;
import io.rpcenv.internal.env.SystemMessage.Existence;
import io.rpcenv.internal.env.Wires.Line;
import io.rpcenv.internal.outbound.DialingOutbox;
import io.rpcenv.internal.outbound.Outbox;
import io.rpcenv.internal.outbound.Route;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Paths to peers that come and go do not add up. */
@Timeout(20)
class ForgottenPeersTest {

  private static final RpcAddress HERE = RpcAddress.of("here", 1);

  private final Wires.Net net = new Wires.Net();
  private final Wires wires = new Wires(net, RpcConf.builder().set("rpc.numRetries", "0").build());

  @AfterEach
  void close() throws Exception {
    wires.close();
  }

  private void ask(Outbox outbox) {
    RemotePath path =
        new RemotePath("me", wires.peers, wires.codec, null, wires.events, () -> false);
    path.ask(
        Route.over(outbox, "e"),
        "rpc://e",
        new CheckExistence("x"),
        Existence.class,
        RpcTimeout.of(Duration.ofMinutes(1)));
    net.loop.runUntilIdle();
  }

  private void lose(Line line) {
    net.loop.run(() -> line.handler.closed(new Exception("reset")));
    net.loop.runUntilIdle();
  }

  private long paths() {
    return wires.peers.stats().size();
  }

  @Test
  void pathsToPeersThatAreGoneAreForgotten() {
    for (int port = 1; port <= 50; port++) {
      RpcAddress address = RpcAddress.of("peer", port);
      ask(wires.peers.dial(address));
      if (port % 2 == 0) {
        lose(net.connect(port, address));
      } else {
        net.fail();
        net.loop.runUntilIdle();
      }
      assertThat(paths()).isZero();
    }
  }

  /** Promise 3: whoever still has the old path goes by the new one, like all others. */
  @Test
  void aForgottenPathLeadsToItsSuccessor() {
    DialingOutbox old = wires.peers.dial(HERE);
    ask(old);
    lose(net.connect(1, HERE));
    assertThat(old.isRetired()).isTrue();
    ask(old);
    assertThat(paths()).isEqualTo(1);
    assertThat(wires.peers.dial(HERE)).isNotSameAs(old).isSameAs(wires.peers.successor(old));
    Line again = net.connect(1, HERE);
    assertThat(again.requests).containsExactly("request 1");
    ask(wires.peers.dial(HERE));
    assertThat(again.requests).containsExactly("request 1", "request 2");
    assertThat(net.attempts).isEmpty();
  }

  /** Retired and not yet removed: nobody gets stuck with it. */
  @Test
  void aPathThatIsBeingForgottenIsReplacedAtOnce() {
    DialingOutbox old = wires.peers.dial(HERE);
    assertThat(old.retireIfIdle()).isTrue();
    DialingOutbox next = wires.peers.dial(HERE);
    assertThat(next).isNotSameAs(old);
    wires.peers.idle(old);
    assertThat(wires.peers.dial(HERE)).as("only the old one is forgotten").isSameAs(next);
  }

  /** The only way to a peer whose own address is not reached from here. */
  @Test
  void aPathThatWasFoundByAnAliasStays() {
    RpcAddress alias = RpcAddress.of("forwarded", 2);
    DialingOutbox path = wires.peers.dial(alias);
    ask(path);
    lose(net.connect(1, HERE));
    assertThat(path.isRetired()).isFalse();
    assertThat(wires.peers.dial(HERE)).isSameAs(path);
  }

  /** An alias of a peer that is known already is not needed. */
  @Test
  void aPathThatWasNotUsedIsForgotten() {
    ask(wires.peers.dial(HERE));
    net.connect(1, HERE);
    RpcAddress alias = RpcAddress.of("forwarded", 2);
    ask(wires.peers.dial(alias));
    assertThat(paths()).isEqualTo(2);
    assertThat(net.connect(1, HERE).closedBecause).contains("known as");
    net.loop.runUntilIdle();
    assertThat(paths()).isEqualTo(1);
  }
}
