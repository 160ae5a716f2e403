// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import io.rpcenv.DropReason;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConnectionException;
import io.rpcenv.transport.Connection;
import io.rpcenv.transport.PeerInfo;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The path over one accepted connection: replies to what came on it, and, if the peer has no
 * listener, everything for that peer. It ends with its connection.
 */
public final class AcceptedOutbox extends Outbox {

  private final PeerInfo peer;
  private final String description;
  private boolean closed;

  /**
   * Makes the path; {@link #start} begins to use it.
   *
   * @param peerLoop the connection's loop
   * @param host the env
   * @param maxBytes the bound
   * @param peer what the peer said of itself
   */
  public AcceptedOutbox(PeerLoop peerLoop, OutboxHost host, long maxBytes, PeerInfo peer) {
    super(peerLoop, host, maxBytes);
    this.peer = peer;
    this.description =
        peer.address().isPresent()
            ? peer.displayAddress().hostPort()
            : peer.envName() + "@" + peer.socketAddress().hostPort();
  }

  /**
   * Begins to use the connection.
   *
   * @param connection the connection, on its loop
   */
  public void start(Connection connection) {
    use(connection);
  }

  /** Returns who is at the other end. */
  public PeerInfo peer() {
    return peer;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public Optional<RpcAddress> address() {
    return peer.address();
  }

  @Override
  void needConnection() {
    if (closed) {
      failWaiting(notConnected(null), reason());
    }
  }

  @Override
  String describeWait() {
    return describeQueue();
  }

  @Override
  void afterLoss(Throwable cause) {
    closed = true;
    failWaiting(notConnected(cause), reason());
  }

  private DropReason reason() {
    return host().isStopping() ? DropReason.ENV_STOPPED : DropReason.NOT_CONNECTED;
  }

  private RpcConnectionException notConnected(@Nullable Throwable cause) {
    return new RpcConnectionException(
        "env [" + description() + "] has no listener and is not connected here", cause, false);
  }
}
