// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcDirection;
import io.rpcenv.RpcMessageTooLargeException;
import io.rpcenv.RpcOverloadedException;
import io.rpcenv.RpcSide;
import io.rpcenv.testing.Logged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sizes, bytes that wait, batches, and a socket that takes no more. */
@Timeout(20)
class OutboxBoundsTest {

  private final Rig rig = new Rig();

  // rpc.outbox.maxBytes

  @Test
  void oneMessageAlwaysFitsAndTheNextIsRefused() {
    DialingOutbox outbox = rig.dialing(1000, 0);
    rig.send(outbox, "a", 5000);
    assertThatThrownBy(() -> outbox.send(outbox.target("e"), rig.message("b", 0)))
        .isInstanceOf(RpcOverloadedException.class)
        .hasMessage(
            "the outbox to [peer:7000] holds 5064 bytes"
                + " (expected: at most 1000, rpc.outbox.maxBytes)");
    RemoteAsk<String> ask = rig.ask(outbox, "c");
    assertThat(Rig.failure(ask, RpcOverloadedException.class).mayHaveExecuted()).isFalse();
    rig.assertReleased("b", "c");
    FakeConnection connection = rig.connect();
    rig.send(outbox, "d", 5000);
    assertThat(connection.log).contains("send a to e", "send d to e");
    rig.assertNothingLeft(outbox);
  }

  @Test
  void emptyMessagesAreBoundedToo() {
    DialingOutbox outbox = rig.dialing(128, 0);
    rig.send(outbox, "a", 0);
    rig.send(outbox, "b", 0);
    assertThat(outbox.stats().queuedBytes()).isEqualTo(128);
    assertThatThrownBy(() -> rig.send(outbox, "c", 0)).isInstanceOf(RpcOverloadedException.class);
  }

  @Test
  void bytesComeBackWhenConnectingIsGivenUp() {
    DialingOutbox outbox = rig.dialing(1000, 0);
    rig.send(outbox, "a", 900);
    rig.transport.fail(new Exception("refused"));
    rig.assertNothingLeft(outbox);
  }

  @Test
  void bytesComeBackWhenAnAskIsCancelledOrTimesOutWaiting() {
    DialingOutbox outbox = rig.dialing(1000, 0);
    FakeConnection connection = rig.connected(outbox);
    connection.room = 0;
    rig.ask(outbox, "a", 300, Duration.ofMinutes(1)).cancel(false);
    rig.ask(outbox, "b", 300, Duration.ofMillis(100));
    rig.loop.advance(Duration.ofMillis(120));
    assertThat(outbox.stats().queuedBytes()).isZero();
    rig.assertReleased("a", "b");
  }

  @Test
  void answersCountAgainstNoBound() {
    DialingOutbox outbox = rig.dialing(100, 0);
    FakeConnection connection = rig.connected(outbox);
    connection.room = 0;
    rig.send(outbox, "a", 90);
    List<String> settled = new ArrayList<>();
    outbox.reply(connection, 1, rig.message("b", 9_000_000), () -> settled.add("b"));
    outbox.fail(connection, 2, new byte[5], () -> settled.add("c"));
    assertThat(settled).isEmpty();
    rig.loop.runUntilIdle();
    assertThat(settled).containsExactly("b", "c");
    assertThat(outbox.stats().queuedBytes()).isEqualTo(154);
    assertThat(outbox.stats().queuedMessages()).isEqualTo(3);
    connection.room = 9;
    rig.loop.run(outbox::writable);
    assertThat(connection.log)
        .containsExactly("send a to e", "reply 1 b", "failure 2 of 5", "flush");
    assertThat(outbox.stats().writtenBytes()).isEqualTo(10 + 90 + 9_000_000 + 5);
    rig.assertNothingLeft(outbox);
  }

  /** An answer belongs to the connection of its request. */
  @Test
  void anAnswerWhoseConnectionIsGoneIsLetGo() {
    DialingOutbox outbox = rig.dialing(1000, 0);
    FakeConnection old = rig.connected(outbox);
    old.room = 0;
    outbox.reply(old, 1, rig.message("a", 10), () -> {});
    outbox.fail(old, 2, new byte[1], () -> {});
    rig.loop.runUntilIdle();
    rig.lose(outbox, old);
    FakeConnection current = rig.connect();
    outbox.reply(old, 3, rig.message("b", 10), () -> {});
    outbox.reply(current, 4, rig.message("c", 10), () -> {});
    rig.loop.runUntilIdle();
    assertThat(current.log).containsExactly("opened", "reply 4 c", "flush");
    rig.assertNothingLeft(outbox);
  }

  @Test
  void answersThatCannotGoOutAreReleased() {
    DialingOutbox outbox = rig.dialing(1000, 0);
    outbox.reply(rig.connection(), 1, rig.message("a", 10), () -> {});
    outbox.fail(rig.connection(), 2, new byte[1], () -> {});
    rig.loop.runUntilIdle();
    assertThat(rig.transport.isConnecting()).isFalse();
    rig.assertNothingLeft(outbox);
  }

  // rpc.message.maxSize of the peer

  /** RPC-17 */
  @Test
  void theLargestMessageThePeerTakesGoesAndOneByteMoreFails() {
    DialingOutbox outbox = rig.dialing(1 << 20, 0);
    RemoteAsk<String> fits = rig.ask(outbox, "fits", Rig.PEER_LIMIT, Duration.ofMinutes(1));
    RemoteAsk<String> over = rig.ask(outbox, "over", Rig.PEER_LIMIT + 1, Duration.ofMinutes(1));
    rig.send(outbox, "sent", Rig.PEER_LIMIT + 1);
    FakeConnection connection = rig.connect();
    assertThat(connection.log).containsExactly("opened", "ask 1 fits to e", "flush");
    assertThat(fits).isNotDone();
    RpcMessageTooLargeException failure = Rig.failure(over, RpcMessageTooLargeException.class);
    assertThat(failure.size()).isEqualTo(Rig.PEER_LIMIT + 1);
    assertThat(failure.limit()).isEqualTo(Rig.PEER_LIMIT);
    assertThat(failure.key()).isEqualTo("rpc.message.maxSize");
    assertThat(failure.side()).isEqualTo(RpcSide.PEER);
    assertThat(failure.direction()).isEqualTo(RpcDirection.REQUEST);
    assertThat(rig.told).containsExactly("dropped sent for e: TOO_LARGE");
    rig.loop.run(() -> assertThat(outbox.answered(1)).isSameAs(fits));
    assertThat(outbox.stats().writtenBytes()).isEqualTo(Rig.PEER_LIMIT);
    rig.assertNothingLeft(outbox);
  }

  // Batches

  @Test
  void aBurstIsOneTaskAndAFlushPerBatch() {
    DialingOutbox outbox = rig.dialing(1 << 20, 0);
    FakeConnection connection = rig.connected(outbox);
    for (int i = 0; i < 300; i++) {
      rig.offer(outbox, "m" + i);
    }
    assertThat(rig.loop.pending()).isEqualTo(1);
    assertThat(outbox.stats().queuedMessages()).isEqualTo(300);
    assertThat(rig.loop.step()).isTrue();
    assertThat(connection.log).hasSize(257).endsWith("flush");
    assertThat(outbox.stats().queuedBytes()).isEqualTo(44 * 74);
    assertThat(rig.loop.pending()).isEqualTo(1);
    assertThat(rig.loop.afterIo()).as("what the peer sends has its turn in between").isEqualTo(1);
    rig.loop.step();
    assertThat(connection.log).hasSize(302).endsWith("send m299 to e", "flush");
    rig.assertNothingLeft(outbox);
  }

  @Test
  void nothingIsFlushedWhenNothingWasWritten() {
    DialingOutbox outbox = rig.dialing(1 << 20, 0);
    FakeConnection connection = rig.connected(outbox);
    rig.loop.run(outbox::writable);
    outbox.reply(rig.connection(), 1, rig.message("a", 1), () -> {});
    rig.loop.runUntilIdle();
    assertThat(connection.log).isEmpty();
    rig.send(outbox, "b");
    rig.loop.run(outbox::writable);
    assertThat(connection.log).containsExactly("send b to e", "flush");
  }

  @Test
  void aFullSocketGetsNoMoreThanItTakes() {
    DialingOutbox outbox = rig.dialing(1 << 20, 0);
    FakeConnection connection = rig.connected(outbox);
    connection.room = 2;
    for (String name : List.of("a", "b", "c", "d", "e")) {
      rig.send(outbox, name);
    }
    assertThat(connection.takeLog())
        .containsExactly("send a to e", "flush", "send b to e", "flush");
    connection.room = 1;
    rig.loop.run(outbox::writable);
    assertThat(connection.takeLog()).containsExactly("send c to e", "flush");
    connection.room = 9;
    rig.send(outbox, "f");
    assertThat(connection.log).as("nothing overtakes what waits").isEmpty();
    rig.loop.run(outbox::writable);
    assertThat(connection.log)
        .containsExactly("send d to e", "send e to e", "send f to e", "flush");
    assertThat(rig.transport.attempts).isEqualTo(1);
    rig.assertNothingLeft(outbox);
  }

  @Test
  void aConnectionThatCannotBeWrittenToIsClosed() {
    DialingOutbox outbox = rig.dialing(1 << 20, 0);
    FakeConnection connection = rig.connected(outbox);
    connection.broken = true;
    try (Logged logged = new Logged(Outbox.class)) {
      rig.send(outbox, "a");
      assertThat(logged.lines())
          .containsExactly("ERROR cannot write to [peer:7000]; the connection is closed");
    }
    assertThat(connection.log)
        .containsExactly(
            "send a to e", "close: cannot write: java.lang.IllegalStateException: broken", "flush");
    rig.assertNothingLeft(outbox);
  }
}
