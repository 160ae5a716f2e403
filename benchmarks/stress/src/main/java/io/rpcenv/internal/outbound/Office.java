// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import io.rpcenv.DropReason;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEnvStats;
import io.rpcenv.RpcEnvStoppedException;
import io.rpcenv.RpcException;
import io.rpcenv.RpcOverloadedException;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;
import io.rpcenv.transport.Connection;
import io.rpcenv.transport.PeerInfo;
import io.rpcenv.transport.Target;
import io.rpcenv.transport.Transport;
import io.rpcenv.transport.TransportLoop;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What an outbox stands in: a loop stepped by the test, a peer that writes down what it gets, or
 * cannot be reached, and an env that counts what is dropped. Messages have numbers from 1.
 */
final class Office implements OutboxHost, Transport {

  static final Exception RESET = new Exception("reset");

  private static final RpcAddress ADDRESS = RpcAddress.of("peer", 7000);
  private static final PeerInfo PEER =
      new PeerInfo(new EnvId(1, 2), "them", Optional.of(ADDRESS), ADDRESS, 1000);
  private static final RpcException STOPPED = new RpcEnvStoppedException("stress", false);
  private static final Exception REFUSED = new Exception("refused");
  private static final long MAX_BYTES = 10_000;
  private static final DialingOutbox.Settings SETTINGS =
      new DialingOutbox.Settings(MAX_BYTES, 0, Duration.ZERO);
  private static final Target TARGET = new Target("endpoint");

  final HandLoop loop = new HandLoop();
  final Sheet sheet = new Sheet(PEER, loop);
  private final PeerLoop peerLoop = new PeerLoop(loop);
  private final boolean reachable;
  private int dropped;

  /**
   * Makes one.
   *
   * @param reachable whether connecting succeeds
   */
  Office(boolean reachable) {
    this.reachable = reachable;
  }

  AcceptedOutbox connected() {
    AcceptedOutbox outbox = new AcceptedOutbox(peerLoop, this, MAX_BYTES, PEER);
    outbox.start(sheet);
    return outbox;
  }

  DialingOutbox idle() {
    return new DialingOutbox(ADDRESS, peerLoop, this, this, SETTINGS);
  }

  /** Sends a message and returns what the sender is told. */
  static String send(Outbox outbox, int number) {
    try {
      return outbox.send(TARGET, message(number)) ? "accepted" : "refused";
    } catch (RpcOverloadedException e) {
      return "overloaded";
    }
  }

  private static EncodedMessage message(int number) {
    MessageClass type = new MessageClass(number, "Letter", 0);
    return new EncodedMessage(type, number, MessageBody.empty());
  }

  int dropped() {
    return dropped;
  }

  /** Returns whether nothing waits in an outbox, nothing is held of its bound or left to run. */
  boolean isSettled(Outbox outbox) {
    RpcEnvStats.Peer stats = outbox.stats();
    return stats.queuedMessages() == 0 && stats.queuedBytes() == 0 && loop.isIdle();
  }

  // The env

  @Override
  public Optional<PathElsewhere> admit(DialingOutbox outbox, PeerInfo peer) {
    return Optional.empty();
  }

  @Override
  public void opened(Outbox outbox, Connection connection) {}

  @Override
  public void gaveUp(DialingOutbox outbox, Throwable cause) {}

  @Override
  public void idle(DialingOutbox outbox) {
    outbox.retireIfIdle();
  }

  @Override
  public void dropped(String endpoint, String messageClass, DropReason reason) {
    dropped++;
  }

  @Override
  public boolean isStopping() {
    return false;
  }

  @Override
  public RpcException stopped() {
    return STOPPED;
  }

  // The transport

  @Override
  public TransportLoop nextLoop() {
    return loop;
  }

  @Override
  public int bind(String host, int port) {
    throw new IllegalStateException("nobody listens here");
  }

  @Override
  public void open(RpcAddress advertised) {
    throw new IllegalStateException("nobody listens here");
  }

  @Override
  public void connect(RpcAddress address, TransportLoop on, ConnectListener listener) {
    on.execute(() -> connectNow(listener));
  }

  private void connectNow(ConnectListener listener) {
    if (reachable) {
      listener.connected(sheet);
    } else {
      listener.failed(REFUSED);
    }
  }

  @Override
  public CompletionStage<Void> shutdown() {
    return CompletableFuture.completedFuture(null);
  }
}
