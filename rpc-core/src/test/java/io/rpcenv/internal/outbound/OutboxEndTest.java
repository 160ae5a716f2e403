// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcConnectionException;
import io.rpcenv.RpcEnvStoppedException;
import io.rpcenv.RpcException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of messages and asks when this env stops, and of paths that end. */
@Timeout(20)
class OutboxEndTest {

  private final Rig rig = new Rig();
  private final DialingOutbox outbox = rig.dialing(1 << 20, 2);

  private void assertStopped(RemoteAsk<?> ask, boolean mayHaveExecuted) {
    RpcException failure = Rig.failure(ask, RpcEnvStoppedException.class);
    assertThat(failure).hasMessage("RpcEnv [me] is stopped");
    assertThat(failure.mayHaveExecuted()).isEqualTo(mayHaveExecuted);
  }

  private void close() {
    outbox.close();
    rig.loop.runUntilIdle();
  }

  /** RPC-21 */
  @Test
  void stopAskingEndsAsksAndLetsTheRestGoOut() {
    RemoteAsk<String> written = rig.ask(outbox, "a");
    FakeConnection connection = rig.connect();
    connection.room = 0;
    connection.takeLog();
    rig.send(outbox, "b");
    RemoteAsk<String> waiting = rig.ask(outbox, "c");
    rig.loop.run(() -> outbox.reply(connection, 9, rig.message("d", 10), () -> {}));
    outbox.stopAsking(new RpcEnvStoppedException("me", true));
    assertThat(written).isNotDone();
    rig.loop.runUntilIdle();
    assertStopped(written, true);
    assertStopped(waiting, false);
    assertThat(outbox.stats().queuedBytes()).as("b is left").isEqualTo(74);
    connection.room = 9;
    rig.loop.run(outbox::writable);
    assertThat(connection.log).containsExactly("send b to e", "reply 9 d", "flush");
    assertThat(rig.told).isEmpty();
    rig.assertNothingLeft(outbox);
  }

  @Test
  void closingFailsWhatWaitsAndWhatComesLater() {
    rig.send(outbox, "a");
    RemoteAsk<String> before = rig.ask(outbox, "b");
    close();
    assertStopped(before, false);
    assertThat(rig.told).containsExactly("dropped a for e: ENV_STOPPED");
    FakeConnection late = rig.connect();
    assertThat(late.log).containsExactly("close: the env has ended");
    RemoteAsk<String> after = rig.ask(outbox, "c");
    rig.send(outbox, "d");
    assertStopped(after, false);
    assertThat(rig.told).contains("dropped d for e: ENV_STOPPED");
    assertThat(rig.transport.attempts).isEqualTo(1);
    rig.assertNothingLeft(outbox);
  }

  @Test
  void anAttemptThatFailsAfterClosingIsNotRepeated() {
    rig.send(outbox, "a");
    close();
    rig.transport.fail(new Exception("refused"));
    rig.loop.advance(Rig.RETRY_WAIT);
    assertThat(rig.transport.attempts).isEqualTo(1);
    assertThat(rig.told).containsExactly("dropped a for e: ENV_STOPPED");
  }

  @Test
  void aPauseThatEndsAfterClosingIsNotFollowedByAnAttempt() {
    rig.send(outbox, "a");
    rig.transport.fail(new Exception("refused"));
    close();
    rig.loop.advance(Rig.RETRY_WAIT);
    assertThat(rig.transport.attempts).isEqualTo(1);
  }

  @Test
  void aLossAfterClosingIsNotFollowedByAnAttempt() {
    rig.send(outbox, "a");
    FakeConnection connection = rig.connect();
    connection.room = 0;
    close();
    rig.send(outbox, "b");
    rig.lose(outbox, connection);
    assertThat(rig.transport.attempts).isEqualTo(1);
    assertThat(rig.told).containsExactly("dropped b for e: ENV_STOPPED");
    rig.send(outbox, "c");
    assertThat(rig.told).contains("dropped c for e: ENV_STOPPED");
    rig.assertNothingLeft(outbox);
  }

  @Test
  void anAcceptedConnectionIsKnownByItsAdvertisedAddressOrElseItsSocket() {
    AcceptedOutbox listening = rig.accepted(Optional.of(Rig.ADDRESS));
    assertThat(listening.description()).isEqualTo("peer:7000");
    assertThat(listening.address()).contains(Rig.ADDRESS);
    AcceptedOutbox client = rig.accepted(Optional.empty());
    assertThat(client.description()).isEqualTo("them@10.0.0.9:40001");
    assertThat(client.address()).isEmpty();
    assertThat(client.peer()).isEqualTo(Rig.peer(Optional.empty()));
  }

  @Test
  void overAnAcceptedConnectionThingsWaitForItsStartAndEndWithIt() {
    AcceptedOutbox client = rig.accepted(Optional.empty());
    FakeConnection connection = rig.connection();
    rig.send(client, "a");
    assertThat(rig.told).isEmpty();
    rig.loop.run(() -> client.start(connection));
    assertThat(connection.takeLog()).containsExactly("send a to e", "flush");
    connection.room = 0;
    RemoteAsk<String> waiting = rig.ask(client, "b");
    rig.lose(client, connection);
    RpcConnectionException failure = Rig.failure(waiting, RpcConnectionException.class);
    assertThat(failure)
        .hasMessage("env [them@10.0.0.9:40001] has no listener and is not connected here")
        .hasRootCauseMessage("reset");
    assertThat(failure.mayHaveExecuted()).isFalse();
    rig.send(client, "c");
    assertThat(rig.told).containsExactly("dropped c for e: NOT_CONNECTED");
    rig.stopping = true;
    rig.send(client, "d");
    assertThat(rig.told).contains("dropped d for e: ENV_STOPPED");
    rig.assertNothingLeft(client);
  }

  @Test
  void anAskOverAnAcceptedConnectionTellsThatThePeerDoesNotRead() {
    AcceptedOutbox client = rig.accepted(Optional.empty());
    FakeConnection connection = rig.connection();
    rig.loop.run(() -> client.start(connection));
    connection.room = 0;
    RemoteAsk<String> ask = rig.ask(client, "a", 10, Duration.ofSeconds(1));
    rig.loop.advance(Duration.ofMillis(1020));
    assertThat(ask)
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("in the outbox with 1 message, as the peer does not read")
        .withMessageContaining("(peer them@10.0.0.9:40001)");
  }
}
