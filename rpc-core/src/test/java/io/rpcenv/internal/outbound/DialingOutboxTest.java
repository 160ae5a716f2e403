// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConnectionException;
import io.rpcenv.RpcEnvStats;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.transport.Target;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connecting, connecting again, giving up, and what becomes of what waits meanwhile. */
@Timeout(20)
class DialingOutboxTest {

  private final Rig rig = new Rig();
  private final DialingOutbox outbox = rig.dialing(1 << 20, 2);

  private void refuse() {
    rig.transport.fail(new Exception("refused"));
  }

  @Test
  void connectsWhenSomethingIsSentAndWritesItInOrderWithOneFlush() {
    rig.loop.runUntilIdle();
    assertThat(rig.transport.attempts).isZero();
    rig.send(outbox, "a");
    rig.send(outbox, "b");
    assertThat(rig.transport.attempts).isEqualTo(1);
    FakeConnection connection = rig.connect();
    assertThat(connection.log).containsExactly("opened", "send a to e", "send b to e", "flush");
    rig.assertNothingLeft(outbox);
  }

  @Test
  void knowsWhereItLeadsAndHowItIsGoing() {
    assertThat(outbox.dialed()).isEqualTo(Rig.ADDRESS);
    assertThat(outbox.peerLimit()).isEqualTo(Integer.MAX_VALUE);
    rig.send(outbox, "a", 10);
    assertThat(outbox.stats())
        .isEqualTo(new RpcEnvStats.Peer(Optional.of(Rig.ADDRESS), "peer:7000", false, 1, 74, 0, 0));
    rig.connect();
    assertThat(outbox.peerLimit()).isEqualTo(Rig.PEER_LIMIT);
    rig.ask(outbox, "b", 5, Duration.ofSeconds(9)).cancel(false);
    rig.ask(outbox, "c", 7, Duration.ofSeconds(9));
    assertThat(outbox.stats())
        .isEqualTo(new RpcEnvStats.Peer(Optional.of(Rig.ADDRESS), "peer:7000", true, 0, 0, 1, 22));
  }

  @Test
  void pausesBetweenAttemptsAndGivesUpAfterTheLast() {
    rig.send(outbox, "a");
    RemoteAsk<String> ask = rig.ask(outbox, "b");
    refuse();
    rig.loop.advance(Rig.RETRY_WAIT.minusNanos(1));
    assertThat(rig.transport.attempts).isEqualTo(1);
    rig.loop.advance(Duration.ofNanos(1));
    assertThat(rig.transport.attempts).isEqualTo(2);
    refuse();
    rig.loop.advance(Rig.RETRY_WAIT);
    assertThat(rig.transport.attempts).isEqualTo(3);
    assertThat(rig.told).isEmpty();
    refuse();
    String why =
        "cannot connect to [peer:7000] after 3 attempts: refused (rpc.numRetries, rpc.retry.wait)";
    assertThat(rig.told).containsExactly("gave up: " + why, "dropped a for e: NOT_CONNECTED");
    RpcConnectionException failure = Rig.failure(ask, RpcConnectionException.class);
    assertThat(failure).hasMessage(why).hasCauseInstanceOf(Exception.class);
    assertThat(failure.mayHaveExecuted()).isFalse();
    rig.loop.advance(Rig.RETRY_WAIT);
    assertThat(rig.transport.attempts).isEqualTo(3);
    rig.assertNothingLeft(outbox);
  }

  @Test
  void countsAttemptsAnewAfterGivingUp() {
    for (int round = 1; round <= 2; round++) {
      rig.send(outbox, "m" + round);
      for (int attempt = 1; attempt <= 3; attempt++) {
        refuse();
        rig.loop.advance(Rig.RETRY_WAIT);
      }
      assertThat(rig.transport.attempts).isEqualTo(3 * round);
      assertThat(rig.told).hasSize(2 * round);
    }
  }

  @Test
  void countsAttemptsAnewAfterAConnection() {
    rig.send(outbox, "a");
    refuse();
    rig.loop.advance(Rig.RETRY_WAIT);
    rig.lose(outbox, rig.connect());
    rig.send(outbox, "b");
    refuse();
    rig.loop.advance(Rig.RETRY_WAIT);
    refuse();
    rig.loop.advance(Rig.RETRY_WAIT);
    assertThat(rig.transport.isConnecting()).isTrue();
    assertThat(rig.connect().log).contains("send b to e");
  }

  @Test
  void withoutRetriesThereIsOneAttempt() {
    DialingOutbox once = rig.dialing(1000, 0);
    rig.send(once, "a");
    refuse();
    assertThat(rig.told.get(0)).contains("after 1 attempt: refused");
    assertThat(rig.told).contains("dropped a for e: NOT_CONNECTED");
  }

  /** RPC-08, ORLEANS order: what waits goes out on the next connection, before what came later. */
  @Test
  void whatWaitsKeepsItsOrderAcrossConnections() {
    rig.send(outbox, "a");
    FakeConnection first = rig.connect();
    first.room = 0;
    rig.send(outbox, "b");
    RemoteAsk<String> ask = rig.ask(outbox, "c");
    rig.lose(outbox, first);
    assertThat(rig.transport.isConnecting()).isTrue();
    rig.send(outbox, "d");
    FakeConnection second = rig.connect();
    assertThat(second.log)
        .containsExactly("opened", "send b to e", "ask 1 c to e", "send d to e", "flush");
    assertThat(ask).isNotDone();
    assertThat(first.log).containsExactly("opened", "send a to e", "flush");
  }

  @Test
  void reconnectsOnlyWhenThereIsSomethingToSend() {
    rig.send(outbox, "a");
    rig.lose(outbox, rig.connect());
    assertThat(rig.transport.isConnecting()).isFalse();
    assertThat(outbox.stats().connected()).isFalse();
    rig.send(outbox, "b");
    assertThat(rig.transport.isConnecting()).isTrue();
    assertThat(rig.connect().log).containsExactly("opened", "send b to e", "flush");
  }

  @Test
  void aConnectionThatIsNotTheOneInUseMayGo() {
    rig.send(outbox, "a");
    FakeConnection old = rig.connect();
    rig.lose(outbox, old);
    rig.send(outbox, "b");
    FakeConnection current = rig.connect();
    RemoteAsk<String> ask = rig.ask(outbox, "c");
    rig.lose(outbox, old);
    assertThat(ask).isNotDone();
    assertThat(outbox.stats().connected()).isTrue();
    rig.send(outbox, "d");
    assertThat(current.log).contains("send d to e");
  }

  /** SPARK order: one path to each env, whichever address was dialled. */
  @Test
  void aPeerThatIsReachedElsewhereIsNotUsed() {
    RemoteAsk<String> ask = rig.ask(outbox, "a");
    rig.elsewhere = Optional.of(PathElsewhere.at(RpcAddress.of("other", 1)));
    FakeConnection connection = rig.connect();
    assertThat(connection.log).containsExactly("close: its env is known as [other:1]");
    RpcConnectionException failure = Rig.failure(ask, RpcConnectionException.class);
    assertThat(failure)
        .hasMessage("[peer:7000] was not used: its env is known as [other:1]")
        .hasCauseInstanceOf(PathElsewhere.class);
    assertThat(failure.mayHaveExecuted()).isFalse();
    assertThat(((PathElsewhere) failure.getCause()).other()).contains(RpcAddress.of("other", 1));
    rig.send(outbox, "b");
    assertThat(rig.transport.attempts).isEqualTo(2);
    rig.elsewhere = Optional.of(PathElsewhere.myself());
    assertThat(rig.connect().log).containsExactly("close: it is this env itself");
    assertThat(rig.told).containsExactly("dropped b for e: NOT_CONNECTED");
    assertThat(PathElsewhere.myself().other()).isEmpty();
    rig.assertNothingLeft(outbox);
  }

  /** A path that is not needed is retired, but never with a message on its way. */
  @Test
  void anIdlePathIsRetiredAndTakesNothingMore() {
    rig.forgets = true;
    rig.send(outbox, "a");
    FakeConnection connection = rig.connect();
    RemoteAsk<String> ask = rig.ask(outbox, "b");
    assertThat(outbox.isRetired()).as("connected").isFalse();
    rig.loop.run(
        () -> {
          outbox.lost(connection, new Exception("reset"));
          rig.offer(outbox, "c"); // before anybody has looked whether it is idle
        });
    rig.loop.runUntilIdle();
    assertThat(ask).isCompletedExceptionally();
    assertThat(outbox.isRetired()).as("needed again").isFalse();
    Target known = outbox.target("e");
    assertThat(outbox.target("e")).isSameAs(known);
    rig.lose(outbox, rig.connect());
    assertThat(outbox.isRetired()).isTrue();
    assertThat(outbox.target("e")).as("references may hold on to the path").isNotSameAs(known);
    assertThat(rig.told).containsExactly("retired");
    EncodedMessage late = rig.message("late", 10);
    assertThat(outbox.send(outbox.target("e"), late)).isFalse();
    late.body().release();
    rig.assertNothingLeft(outbox);
  }

  @Test
  void aPathThatGaveUpIsRetired() {
    rig.forgets = true;
    rig.send(outbox, "a");
    for (int attempt = 1; attempt <= 3; attempt++) {
      assertThat(outbox.isRetired()).isFalse();
      refuse();
      rig.loop.advance(Rig.RETRY_WAIT);
    }
    assertThat(outbox.isRetired()).isTrue();
  }

  @Test
  void aPathOfAnAskThatNobodyWantedIsRetired() {
    rig.forgets = true;
    rig.offerAsk(outbox, "a", 10, Duration.ofSeconds(1)).cancel(false);
    rig.loop.runUntilIdle();
    assertThat(outbox.isRetired()).isTrue();
    assertThat(rig.transport.attempts).isZero();
    rig.assertNothingLeft(outbox);
  }

  /** A reply belongs to the connection of its request: without that nobody waits for it. */
  @Test
  void aReplyToALostConnectionIsNoReasonToConnect() {
    rig.send(outbox, "a");
    FakeConnection connection = rig.connect();
    rig.lose(outbox, connection);
    outbox.reply(connection, 7, rig.message("r", 10), () -> rig.told.add("settled"));
    rig.loop.runUntilIdle();
    assertThat(rig.told).containsExactly("settled");
    assertThat(rig.transport.isConnecting()).isFalse();
    rig.assertNothingLeft(outbox);
  }

  @Test
  void theFirstPeerDecidesWhereThePathLeads() {
    assertThat(outbox.leadsTo(RpcAddress.of("x", 1))).isTrue();
    assertThat(outbox.leadsTo(RpcAddress.of("x", 1))).isTrue();
    assertThat(outbox.leadsTo(RpcAddress.of("y", 1))).isFalse();
  }

  @Test
  void anEndpointOfThePeerKeepsItsTargetUntilThereAreVeryMany() {
    assertThat(outbox.target("a")).isSameAs(outbox.target("a"));
    assertThat(outbox.target("a").name()).isEqualTo("a");
    for (int i = 1; i < 4096; i++) {
      outbox.target("t" + i);
    }
    assertThat(outbox.target("t4095")).isSameAs(outbox.target("t4095"));
    assertThat(outbox.target("one more")).isNotSameAs(outbox.target("one more"));
    assertThat(outbox.target("one more").name()).isEqualTo("one more");
  }
}
