// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcConnectionException;
import io.rpcenv.RpcEnvStoppedException;
import io.rpcenv.RpcTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Asks: each ends once, in the right way, and leaves nothing behind. */
@Timeout(20)
class OutboxAskTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Rig rig = new Rig();
  private final DialingOutbox outbox = rig.dialing(1 << 20, 3);

  @Test
  void anAnswerFindsItsAskOnce() {
    FakeConnection connection = rig.connected(outbox);
    RemoteAsk<String> a = rig.ask(outbox, "a");
    RemoteAsk<String> b = rig.ask(outbox, "b");
    assertThat(connection.log).containsExactly("ask 1 a to e", "flush", "ask 2 b to e", "flush");
    assertThat(outbox.stats().pendingAsks()).isEqualTo(2);
    rig.loop.run(
        () -> {
          assertThat(outbox.answered(7)).isNull();
          assertThat(outbox.answered(2)).isSameAs(b);
          assertThat(outbox.answered(1)).isSameAs(a);
          assertThat(outbox.answered(1)).as("a second answer is late").isNull();
        });
    assertThat(a).isNotDone();
    assertThat(a.succeed("x")).isTrue();
    assertThat(a).isCompletedWithValue("x");
    assertThat(connection.log).hasSize(4);
    rig.assertNothingLeft(outbox);
  }

  /** RPC-20: an answered ask is out of the wheel; nothing waits its timeout out. */
  @Test
  void anAnsweredAskNeverExpires() {
    FakeConnection connection = rig.connected(outbox);
    RemoteAsk<String> ask = rig.ask(outbox, "a", 10, SECOND);
    rig.loop.advance(Duration.ofMillis(50));
    rig.loop.run(() -> assertThat(outbox.answered(1)).isSameAs(ask));
    rig.assertNothingLeft(outbox);
    rig.loop.advance(SECOND);
    assertThat(ask).isNotDone();
    assertThat(connection.log).doesNotContain("cancel 1");
  }

  @Test
  void aLostConnectionFailsWhatWasWrittenAndKeepsWhatWasNot() {
    FakeConnection connection = rig.connected(outbox);
    RemoteAsk<String> written = rig.ask(outbox, "a", 10, SECOND);
    connection.room = 0;
    RemoteAsk<String> waiting = rig.ask(outbox, "b");
    rig.lose(outbox, connection);
    RpcConnectionException failure = Rig.failure(written, RpcConnectionException.class);
    assertThat(failure)
        .hasMessage("the connection to [peer:7000] was lost before the answer came: reset")
        .hasRootCauseMessage("reset");
    assertThat(failure.mayHaveExecuted()).isTrue();
    assertThat(outbox.stats().pendingAsks()).isZero();
    assertThat(waiting).isNotDone();
    FakeConnection next = rig.connect();
    assertThat(next.log).contains("ask 2 b to e");
    rig.loop.run(() -> assertThat(outbox.answered(2)).isSameAs(waiting));
    rig.assertNothingLeft(outbox);
  }

  @Test
  void anAskThatEndedBeforeTheLoopSawItIsNotWritten() {
    FakeConnection connection = rig.connected(outbox);
    RemoteAsk<String> ask = rig.offerAsk(outbox, "a", 10, SECOND);
    assertThat(ask.cancel(false)).isTrue();
    rig.loop.runUntilIdle();
    assertThat(connection.log).isEmpty();
    rig.assertNothingLeft(outbox);
  }

  @Test
  void anAskThatIsCancelledWhileItWaitsIsNotWritten() {
    FakeConnection connection = rig.connected(outbox);
    connection.room = 0;
    RemoteAsk<String> ask = rig.ask(outbox, "a");
    rig.send(outbox, "b");
    assertThat(outbox.stats().queuedBytes()).isEqualTo(148);
    ask.cancel(false);
    rig.loop.runUntilIdle();
    assertThat(outbox.stats().queuedBytes()).isEqualTo(74);
    rig.assertReleased("a");
    connection.room = 5;
    rig.loop.run(outbox::writable);
    assertThat(connection.log).containsExactly("send b to e", "flush");
    rig.assertNothingLeft(outbox);
  }

  @Test
  void thePeerIsToldOfAllThatTimeOutTogetherWithOneFlush() {
    FakeConnection connection = rig.connected(outbox);
    rig.ask(outbox, "a", 10, SECOND);
    rig.ask(outbox, "b", 10, SECOND);
    connection.log.clear();
    rig.loop.advance(Duration.ofMillis(1020));
    assertThat(connection.log).containsExactly("cancel 1", "cancel 2", "flush");
    rig.assertNothingLeft(outbox);
  }

  @Test
  void thePeerIsToldOfACancelledAskThatWasWritten() {
    FakeConnection connection = rig.connected(outbox);
    RemoteAsk<String> ask = rig.ask(outbox, "a");
    ask.cancel(false);
    rig.loop.runUntilIdle();
    assertThat(connection.log).containsExactly("ask 1 a to e", "flush", "cancel 1", "flush");
    rig.loop.run(() -> assertThat(outbox.answered(1)).as("a late answer").isNull());
    rig.assertNothingLeft(outbox);
  }

  @Test
  void theUsersOwnCompletionReachesThePeerAsACancelOnce() {
    FakeConnection connection = rig.connected(outbox);
    RemoteAsk<String> ask = rig.ask(outbox, "a");
    assertThat(ask.complete("mine")).isTrue();
    assertThat(ask.complete("again")).isFalse();
    assertThat(ask.cancel(false)).isFalse();
    rig.loop.runUntilIdle();
    assertThat(connection.log).containsOnlyOnce("cancel 1");
  }

  @Test
  void anAskThatIsCancelledAfterItsConnectionWasLostTellsNobody() {
    FakeConnection connection = rig.connected(outbox);
    RemoteAsk<String> ask = rig.offerAsk(outbox, "a", 10, SECOND);
    rig.loop.runUntilIdle();
    rig.lose(outbox, connection);
    connection.takeLog();
    ask.cancel(false);
    rig.loop.runUntilIdle();
    assertThat(connection.log).isEmpty();
  }

  @Test
  void aWrittenAskTimesOutAtItsDeadlineAndThePeerIsTold() {
    FakeConnection connection = rig.connected(outbox);
    connection.room = 0;
    RemoteAsk<String> ask = rig.ask(outbox, "a", 10, SECOND);
    rig.loop.advance(Duration.ofMillis(100));
    connection.room = 9;
    rig.loop.run(outbox::writable);
    rig.loop.advance(Duration.ofMillis(899));
    assertThat(ask).isNotDone();
    rig.loop.advance(Duration.ofMillis(12));
    RpcTimeoutException failure = Rig.failure(ask, RpcTimeoutException.class);
    assertThat(failure.getMessage())
        .matches(
            "ask of \\[a\\] to \\[rpc://e@peer:7000\\] timed out after 10[01]\\d ms,"
                + " sent 9[01]\\d ms ago and unanswered \\(peer peer:7000\\),"
                + " controlled by timeout argument = 1s \\(per call\\)");
    assertThat(failure.mayHaveExecuted()).isTrue();
    assertThat(connection.log).containsExactly("ask 1 a to e", "flush", "cancel 1", "flush");
    rig.loop.run(() -> assertThat(outbox.answered(1)).as("a late answer").isNull());
    rig.assertNothingLeft(outbox);
  }

  @Test
  void anAskThatTimesOutUnwrittenTellsWhereItWasStuckAndIsNeverWritten() {
    List<RemoteAsk<String>> asks = new ArrayList<>();
    asks.add(rig.ask(outbox, "connecting", 10, SECOND));
    rig.loop.advance(Duration.ofMillis(1020));
    rig.transport.fail(new Exception("refused"));
    asks.add(rig.ask(outbox, "pausing", 10, SECOND));
    rig.loop.advance(Duration.ofMillis(1020));
    rig.loop.advance(Rig.RETRY_WAIT);
    rig.transport.resolve();
    asks.add(rig.ask(outbox, "again", 10, SECOND));
    rig.transport.resolve();
    rig.loop.advance(Duration.ofMillis(1020));
    FakeConnection connection = rig.connect();
    assertThat(connection.takeLog()).containsExactly("opened");
    connection.room = 0;
    rig.send(outbox, "before");
    asks.add(rig.ask(outbox, "not read", 10, SECOND));
    rig.loop.advance(Duration.ofMillis(1020));
    assertThat(asks.stream().map(a -> Rig.failure(a, RpcTimeoutException.class)))
        .allMatch(e -> !e.mayHaveExecuted() && e.retriable())
        .extracting(e -> e.getMessage().replaceAll(".*ms, (.*) \\(peer peer:7000.*", "$1"))
        .containsExactly(
            "resolving the host, attempt 1 of 4",
            "pausing after connect attempt 1 of 4",
            "connecting, attempt 2 of 4",
            "in the outbox with 2 messages, as the peer does not read");
    connection.room = 9;
    rig.loop.run(outbox::writable);
    assertThat(connection.log).containsExactly("send before to e", "flush");
    rig.assertNothingLeft(outbox);
  }

  /** A large request that has not left in whole never will: nobody can have handled it. */
  @Test
  void aTimedOutRequestThatTheConnectionTakesBackHasNotExecuted() {
    FakeConnection connection = rig.connected(outbox);
    connection.withdraws = true;
    RemoteAsk<String> ask = rig.ask(outbox, "a", 10, SECOND);
    rig.loop.advance(Duration.ofMillis(1020));
    RpcTimeoutException failure = Rig.failure(ask, RpcTimeoutException.class);
    assertThat(failure.mayHaveExecuted()).isFalse();
    assertThat(failure.getMessage())
        .containsPattern(" ms, being sent for 10[01]\\d ms, as the peer does not read \\(peer");
    rig.assertNothingLeft(outbox);
  }

  @Test
  void anAskThatIsWithdrawnIsNotWritten() {
    FakeConnection connection = rig.connected(outbox);
    connection.room = 0;
    RemoteAsk<String> waiting = rig.ask(outbox, "a");
    assertThat(waiting.mayHaveExecuted()).isFalse();
    waiting.fail(new RpcEnvStoppedException("me", false));
    rig.send(outbox, "b");
    connection.room = 5;
    rig.loop.run(outbox::writable);
    assertThat(connection.takeLog()).containsExactly("send b to e", "flush");
    RemoteAsk<String> written = rig.ask(outbox, "c");
    assertThat(written.mayHaveExecuted()).isTrue();
    assertThat(written.mayHaveExecuted()).isTrue();
    rig.loop.run(() -> outbox.unsent(1, outbox.target("e"), rig.message("again", 10)));
    connection.room = 0;
    rig.lose(outbox, connection);
    assertThat(written.withdraw()).as("it came back").isTrue();
    assertThat(written.withdraw()).as("still").isTrue();
    assertThat(rig.connect().log).containsExactly("opened");
  }

  @Test
  void anAskThatWaitsAloneIsOneMessage() {
    rig.connected(outbox).room = 0;
    RemoteAsk<String> ask = rig.ask(outbox, "a", 10, SECOND);
    rig.loop.advance(Duration.ofMillis(1020));
    assertThat(Rig.failure(ask, RpcTimeoutException.class))
        .hasMessageContaining("in the outbox with 1 message, as the peer does not read");
  }

  @Test
  void theTimerStopsWhenNothingIsPendingAndStartsAgain() {
    rig.connected(outbox);
    for (int round = 0; round < 3; round++) {
      RemoteAsk<String> a = rig.ask(outbox, "a" + round, 10, SECOND);
      RemoteAsk<String> b = rig.ask(outbox, "b" + round, 10, SECOND);
      assertThat(rig.loop.pending()).as("one timer").isEqualTo(1);
      rig.loop.advance(Duration.ofMillis(1020));
      assertThat(a).isCompletedExceptionally();
      assertThat(b).isCompletedExceptionally();
      assertThat(rig.loop.pending()).isZero();
    }
  }

  @Test
  void aBoundedNumberOfEndedAsksStaysInTheQueue() {
    FakeConnection connection = rig.connected(outbox);
    connection.room = 0;
    List<RemoteAsk<String>> asks = new ArrayList<>();
    for (int i = 0; i < 128; i++) {
      asks.add(rig.ask(outbox, "a" + i));
    }
    asks.subList(0, 64).forEach(ask -> ask.cancel(false));
    rig.loop.runUntilIdle();
    assertThat(outbox.stats().queuedMessages()).as("half is not more than half").isEqualTo(128);
    asks.get(64).cancel(false);
    rig.loop.runUntilIdle();
    assertThat(outbox.stats().queuedMessages()).isEqualTo(63);
    asks.subList(65, 128).forEach(ask -> ask.cancel(false));
    rig.loop.runUntilIdle();
    assertThat(outbox.stats().queuedMessages()).as("few are left alone").isEqualTo(63);
    assertThat(outbox.stats().queuedBytes()).isZero();
    for (int i = 0; i < 2; i++) {
      rig.ask(outbox, "b" + i).cancel(false);
      rig.loop.runUntilIdle();
    }
    assertThat(outbox.stats().queuedMessages()).as("64 are too many").isEqualTo(1);
  }
}
