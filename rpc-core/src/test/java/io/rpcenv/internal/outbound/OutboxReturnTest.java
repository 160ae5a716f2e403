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
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a lost connection gives back, and what is left when the env ends. */
@Timeout(20)
class OutboxReturnTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Rig rig = new Rig();
  private final DialingOutbox outbox = rig.dialing(1 << 20, 0);

  // Back from a connection

  @Test
  void whatTheConnectionHadNotBegunToSendGoesFirstOnTheNext() {
    FakeConnection connection = rig.connected(outbox);
    RemoteAsk<String> sent = rig.ask(outbox, "a");
    RemoteAsk<String> unsent = rig.ask(outbox, "b");
    connection.room = 0;
    rig.send(outbox, "waiting");
    rig.loop.run(
        () -> {
          outbox.unsent(outbox.target("e"), rig.message("c", 10));
          outbox.unsent(2, outbox.target("e"), rig.message("d", 10));
        });
    rig.lose(outbox, connection);
    assertThat(Rig.failure(sent, RpcConnectionException.class).mayHaveExecuted()).isTrue();
    assertThat(unsent).isNotDone();
    assertThat(outbox.stats().queuedBytes()).isEqualTo(3 * 74);
    assertThat(outbox.stats().queuedMessages()).isEqualTo(3);
    FakeConnection next = rig.connect();
    assertThat(next.log)
        .containsExactly("opened", "send c to e", "ask 3 d to e", "send waiting to e", "flush");
    rig.loop.run(() -> assertThat(outbox.answered(3)).isSameAs(unsent));
    rig.assertNothingLeft(outbox);
  }

  @Test
  void anAskThatCameBackUnsentHasNotExecuted() {
    FakeConnection connection = rig.connected(outbox);
    RemoteAsk<String> ask = rig.ask(outbox, "a", 10, Duration.ofSeconds(1));
    rig.loop.run(() -> outbox.unsent(1, outbox.target("e"), rig.message("again", 10)));
    rig.lose(outbox, connection);
    rig.loop.advance(Duration.ofMillis(1020));
    RpcTimeoutException failure = Rig.failure(ask, RpcTimeoutException.class);
    assertThat(failure.mayHaveExecuted()).isFalse();
    assertThat(failure).hasMessageContaining("resolving the host, attempt 1 of 1");
    assertThat(rig.connect().log).containsExactly("opened");
    rig.assertNothingLeft(outbox);
  }

  @Test
  void aRequestThatNobodyWaitsForIsNotSentAgain() {
    FakeConnection connection = rig.connected(outbox);
    rig.loop.run(() -> outbox.unsent(9, outbox.target("e"), rig.message("a", 10)));
    rig.lose(outbox, connection);
    assertThat(rig.transport.isConnecting()).isFalse();
    rig.assertNothingLeft(outbox);
  }

  @Test
  void settledAsksAreNoReasonToConnectAgain() {
    FakeConnection connection = rig.connected(outbox);
    connection.room = 0;
    rig.ask(outbox, "a").cancel(false);
    rig.loop.runUntilIdle();
    rig.lose(outbox, connection);
    assertThat(rig.transport.isConnecting()).isFalse();
    rig.assertNothingLeft(outbox);
  }

  @Test
  void aHostMayBeResolvedLate() {
    rig.send(outbox, "a");
    RemoteAsk<String> ask = rig.ask(outbox, "b", 10, Duration.ofMillis(100));
    rig.transport.resolve();
    rig.transport.resolve();
    rig.loop.advance(Duration.ofMillis(120));
    assertThat(Rig.failure(ask, RpcTimeoutException.class))
        .hasMessageContaining("connecting, attempt 1 of 1");
    rig.transport.fail(new Exception("refused"));
    assertThat(rig.told).contains("dropped a for e: NOT_CONNECTED");
  }

  // The end

  @Test
  void drainedTellsWhenWhatCameBeforeIsWritten() {
    FakeConnection connection = rig.connected(outbox);
    connection.room = 0;
    rig.send(outbox, "a");
    CompletableFuture<Void> drained = outbox.drained();
    rig.loop.runUntilIdle();
    assertThat(drained).isNotDone();
    connection.room = 1;
    rig.loop.run(outbox::writable);
    assertThat(drained).as("a is written, the mark waits").isNotDone();
    connection.room = 1;
    rig.loop.run(outbox::writable);
    assertThat(drained).isCompleted();
    assertThat(outbox.drained()).isNotDone();
    rig.assertNothingLeft(outbox);
  }

  @Test
  void drainedIsNoReasonToConnectAndEndsWithTheConnection() {
    CompletableFuture<Void> idle = outbox.drained();
    rig.loop.runUntilIdle();
    assertThat(idle).isCompleted();
    assertThat(rig.transport.attempts).isZero();
    FakeConnection connection = rig.connected(outbox);
    connection.room = 0;
    CompletableFuture<Void> waiting = outbox.drained();
    rig.loop.runUntilIdle();
    rig.lose(outbox, connection);
    rig.transport.fail(new Exception("refused"));
    assertThat(waiting).isCompleted();
  }

  @Test
  void asksThatComeAfterTheEndOfAskingFailUnwritten() {
    FakeConnection connection = rig.connected(outbox);
    outbox.stopAsking(new RpcEnvStoppedException("me", true));
    RemoteAsk<String> late = rig.ask(outbox, "a");
    rig.send(outbox, "b");
    assertThat(Rig.failure(late, RpcEnvStoppedException.class).mayHaveExecuted()).isFalse();
    assertThat(connection.log).containsExactly("send b to e", "flush");
    rig.assertNothingLeft(outbox);
  }

  @Test
  void whatTheLoopNeverSawEndsWithTheEnv() {
    FakeConnection connection = rig.connected(outbox);
    connection.room = 0;
    RemoteAsk<String> waiting = rig.ask(outbox, "a");
    rig.offer(outbox, "b");
    RemoteAsk<String> unseen = rig.offerAsk(outbox, "c", 10, MINUTE);
    CompletableFuture<Void> drained = outbox.drained();
    outbox.discardRest();
    assertThat(drained).isCompleted();
    assertThat(Rig.failure(waiting, RpcEnvStoppedException.class).mayHaveExecuted()).isFalse();
    assertThat(Rig.failure(unseen, RpcEnvStoppedException.class).mayHaveExecuted()).isFalse();
    assertThat(rig.told).containsExactly("dropped b for e: ENV_STOPPED");
    rig.assertReleased("a", "b", "c");
    assertThat(outbox.stats().queuedMessages()).isZero();
    assertThat(outbox.stats().queuedBytes()).isZero();
  }
}
