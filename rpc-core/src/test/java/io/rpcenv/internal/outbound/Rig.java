// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rpcenv.DropReason;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEnvStoppedException;
import io.rpcenv.RpcException;
import io.rpcenv.RpcTimeout;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;
import io.rpcenv.testing.memory.StepLoop;
import io.rpcenv.transport.Connection;
import io.rpcenv.transport.PeerInfo;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;

/** What an outbox stands in: a stepped loop, scripted connections, and an env that notes. */
final class Rig implements OutboxHost {

  static final RpcAddress ADDRESS = RpcAddress.of("peer", 7000);
  static final RpcAddress SOCKET = RpcAddress.of("10.0.0.9", 40001);
  static final int PEER_LIMIT = 10_000;
  static final Duration RETRY_WAIT = Duration.ofSeconds(3);

  final StepLoop loop = new StepLoop();
  final PeerLoop peerLoop = new PeerLoop(loop);
  final FakeTransport transport = new FakeTransport(loop);
  final List<String> told = new ArrayList<>();
  Optional<PathElsewhere> elsewhere = Optional.empty();
  boolean stopping;
  boolean forgets;
  private final Map<String, Integer> releases = new TreeMap<>();

  DialingOutbox dialing(long maxBytes, int numRetries) {
    return new DialingOutbox(
        ADDRESS,
        peerLoop,
        transport,
        this,
        new DialingOutbox.Settings(maxBytes, numRetries, RETRY_WAIT));
  }

  AcceptedOutbox accepted(Optional<RpcAddress> advertised) {
    return new AcceptedOutbox(peerLoop, this, 1 << 20, peer(advertised));
  }

  static PeerInfo peer(Optional<RpcAddress> advertised) {
    return new PeerInfo(new EnvId(1, 2), "them", advertised, SOCKET, PEER_LIMIT);
  }

  FakeConnection connection() {
    return new FakeConnection(peer(Optional.of(ADDRESS)), loop);
  }

  /** Opens the connection that the outbox is waiting for. */
  FakeConnection connect() {
    FakeConnection made = connection();
    transport.succeed(made);
    return made;
  }

  /** Sends something and opens the connection for it, which has nothing in its log. */
  FakeConnection connected(Outbox outbox) {
    send(outbox, "first");
    FakeConnection made = connect();
    made.takeLog();
    return made;
  }

  @Override
  public RpcException stopped() {
    return new RpcEnvStoppedException("me", false);
  }

  // Messages

  EncodedMessage message(String name, int size) {
    assertThat(releases.put(name, 0)).as("a name of its own").isNull();
    MessageBody body =
        MessageBody.ofSegments(
            List.of(ByteBuffer.allocate(size)), size, () -> releases.merge(name, 1, Integer::sum));
    return new EncodedMessage(new MessageClass(300, name, 0), 300, body);
  }

  /** Sends; the loop does not run. */
  void offer(Outbox outbox, String name) {
    outbox.send(outbox.target("e"), message(name, 10));
  }

  void send(Outbox outbox, String name) {
    send(outbox, name, 10);
  }

  void send(Outbox outbox, String name, int size) {
    outbox.send(outbox.target("e"), message(name, size));
    loop.runUntilIdle();
  }

  RemoteAsk<String> ask(Outbox outbox, String name) {
    return ask(outbox, name, 10, Duration.ofMinutes(2));
  }

  RemoteAsk<String> ask(Outbox outbox, String name, int size, Duration timeout) {
    RemoteAsk<String> ask = offerAsk(outbox, name, size, timeout);
    loop.runUntilIdle();
    return ask;
  }

  RemoteAsk<String> offerAsk(Outbox outbox, String name, int size, Duration timeout) {
    RemoteAsk<String> ask =
        new RemoteAsk<>(outbox, "rpc://e@peer:7000", name, String.class, RpcTimeout.of(timeout));
    outbox.ask(outbox.target("e"), message(name, size), ask);
    return ask;
  }

  void lose(Outbox outbox, Connection connection) {
    loop.run(() -> outbox.lost(connection, new Exception("reset")));
  }

  static <X extends RpcException> X failure(RemoteAsk<?> ask, Class<X> type) {
    assertThat(ask).isCompletedExceptionally();
    Throwable cause = catchThrowableOfType(CompletionException.class, () -> ask.getNow(null));
    assertThat(cause.getCause()).isInstanceOf(type);
    return type.cast(cause.getCause());
  }

  // What must hold in the end

  void assertReleased(String... names) {
    for (String name : names) {
      assertThat(releases.get(name)).as("releases of " + name).isEqualTo(1);
    }
  }

  /** Nothing waits, every body was released once, no timer is left. */
  void assertNothingLeft(Outbox outbox) {
    loop.advance(Duration.ofMillis(20));
    assertThat(outbox.stats().queuedMessages()).as("messages").isZero();
    assertThat(outbox.stats().queuedBytes()).as("bytes").isZero();
    assertThat(outbox.stats().pendingAsks()).as("pending asks").isZero();
    assertThat(loop.pending()).as("tasks of the loop").isZero();
    releases.forEach((name, n) -> assertThat(n).as("releases of " + name).isEqualTo(1));
  }

  // The env

  @Override
  public Optional<PathElsewhere> admit(DialingOutbox outbox, PeerInfo peer) {
    return elsewhere;
  }

  @Override
  public void opened(Outbox outbox, Connection connection) {
    ((FakeConnection) connection).log.add("opened");
  }

  @Override
  public void gaveUp(DialingOutbox outbox, Throwable cause) {
    told.add("gave up: " + cause.getMessage());
  }

  @Override
  public void dropped(String endpoint, String messageClass, DropReason reason) {
    told.add("dropped " + messageClass + " for " + endpoint + ": " + reason);
  }

  @Override
  public void idle(DialingOutbox outbox) {
    if (forgets && outbox.retireIfIdle()) {
      told.add("retired");
    }
  }

  @Override
  public boolean isStopping() {
    return stopping;
  }
}
