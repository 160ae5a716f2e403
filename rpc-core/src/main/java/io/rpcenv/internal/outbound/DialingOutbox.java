// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import io.rpcenv.DropReason;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConnectionException;
import io.rpcenv.RpcException;
import io.rpcenv.internal.outbound.OutboxState.Phase;
import io.rpcenv.transport.Connection;
import io.rpcenv.transport.Transport;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The path to an env that listens: connects when something is to be sent, again when the connection
 * was lost, and gives up after a number of attempts. What waits keeps its order across connections.
 */
public final class DialingOutbox extends Outbox {

  /**
   * How to connect.
   *
   * @param maxBytes {@code rpc.outbox.maxBytes}
   * @param numRetries {@code rpc.numRetries}
   * @param retryWait {@code rpc.retry.wait}
   */
  public record Settings(long maxBytes, int numRetries, Duration retryWait) {}

  private final RpcAddress address;
  private final String description;
  private final Transport transport;
  private final Settings settings;
  private @Nullable RpcAddress known; // what the peer advertises; confined to the loop
  private OutboxState state = OutboxState.IDLE; // confined to the loop

  /**
   * Makes an idle path.
   *
   * @param address where the env listens
   * @param peerLoop the loop that it belongs to, for life
   * @param transport opens connections
   * @param host the env
   * @param settings how to connect
   */
  public DialingOutbox(
      RpcAddress address,
      PeerLoop peerLoop,
      Transport transport,
      OutboxHost host,
      Settings settings) {
    super(peerLoop, host, settings.maxBytes());
    this.address = address;
    this.description = address.hostPort();
    this.transport = transport;
    this.settings = settings;
  }

  /**
   * Returns whether a peer is the one that this path is for. The first peer that is found decides;
   * on its loop.
   *
   * @param advertised the address that the peer advertises
   */
  public boolean leadsTo(RpcAddress advertised) {
    if (known == null) {
      known = advertised;
    }
    return known.equals(advertised);
  }

  /** Returns the address that it dials. */
  public RpcAddress dialed() {
    return address;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public Optional<RpcAddress> address() {
    return Optional.of(address);
  }

  @Override
  String describeWait() {
    int attempts = settings.numRetries() + 1;
    return switch (state.phase()) {
      case RESOLVING -> "resolving the host, attempt " + state.attempt() + " of " + attempts;
      case CONNECTING -> "connecting, attempt " + state.attempt() + " of " + attempts;
      case PAUSING -> "pausing after connect attempt " + state.attempt() + " of " + attempts;
      default -> describeQueue();
    };
  }

  // Connecting

  @Override
  void needConnection() {
    if (state.is(Phase.IDLE)) {
      connect();
    } else if (state.is(Phase.CLOSED)) {
      failWaiting(host().stopped(), DropReason.ENV_STOPPED);
    }
  }

  private void connect() {
    state = state.nextAttempt();
    transport.connect(
        address,
        peerLoop().loop(),
        new Transport.ConnectListener() {
          @Override
          public void resolved() {
            if (state.is(Phase.RESOLVING)) {
              state = state.resolved();
            }
          }

          @Override
          public void connected(Connection connection) {
            admit(connection);
          }

          @Override
          public void failed(Throwable cause) {
            attemptFailed(cause);
          }
        });
  }

  private void admit(Connection connection) {
    if (!state.isAttempt()) {
      connection.close("the env has ended");
      return;
    }
    Optional<PathElsewhere> elsewhere = host().admit(this, connection.peer());
    if (elsewhere.isPresent()) {
      PathElsewhere there = elsewhere.get();
      connection.close(there.reason());
      state = OutboxState.IDLE;
      failWaiting(
          new RpcConnectionException(
              "[" + description() + "] was not used: " + there.reason(), there, false),
          DropReason.NOT_CONNECTED);
      idleLater();
    } else {
      state = OutboxState.CONNECTED;
      host().opened(this, connection);
      use(connection);
    }
  }

  private void attemptFailed(Throwable cause) {
    if (!state.isAttempt()) {
      return;
    }
    if (state.attempt() <= settings.numRetries()) {
      state = state.pausing();
      peerLoop().loop().schedule(this::retry, settings.retryWait().toNanos());
    } else {
      giveUp(cause);
    }
  }

  private void retry() {
    if (state.is(Phase.PAUSING)) {
      connect();
    }
  }

  private void giveUp(Throwable cause) {
    int attempts = state.attempt();
    state = OutboxState.IDLE;
    RpcException failure =
        new RpcConnectionException(
            "cannot connect to ["
                + description()
                + "] after "
                + attempts
                + (attempts == 1 ? " attempt: " : " attempts: ")
                + cause.getMessage()
                + " (rpc.numRetries, rpc.retry.wait)",
            cause,
            false);
    host().gaveUp(this, failure);
    failWaiting(failure, DropReason.NOT_CONNECTED);
    idleLater();
  }

  @Override
  void afterLoss(Throwable cause) {
    if (state.is(Phase.CLOSED)) {
      return;
    }
    state = OutboxState.IDLE;
    if (hasWaiting()) {
      connect();
    } else {
      idleLater();
    }
  }

  /** After the batch that this may be in the middle of. */
  private void idleLater() {
    peerLoop().loop().execute(this::idle);
  }

  @Override
  void idle() {
    if (state.is(Phase.IDLE)) {
      host().idle(this);
    }
  }

  /**
   * Retires this path, on its loop: it takes no more messages, and whoever still has it asks for
   * another one.
   *
   * @return false if it is needed after all
   */
  public boolean retireIfIdle() {
    return state.is(Phase.IDLE) && retire();
  }

  /** Returns the address that its peer advertises; empty before the first one is found. */
  public Optional<RpcAddress> known() {
    return Optional.ofNullable(known);
  }

  /** Ends the path: what waits fails, nothing is connected any more. Any thread. */
  public void close() {
    peerLoop().loop().execute(this::closeNow);
  }

  private void closeNow() {
    state = OutboxState.CLOSED;
    failWaiting(host().stopped(), DropReason.ENV_STOPPED);
  }
}
