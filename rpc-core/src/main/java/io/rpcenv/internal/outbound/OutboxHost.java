// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import io.rpcenv.DropReason;
import io.rpcenv.RpcException;
import io.rpcenv.transport.Connection;
import io.rpcenv.transport.PeerInfo;
import java.util.Optional;

/** What an outbox needs of its env. Called on the outbox's loop. */
public interface OutboxHost {

  /**
   * Decides on a connection that an outbox has opened.
   *
   * @param outbox the path that opened it
   * @param peer what the peer said of itself
   * @return empty to use it; or where else that peer is reached
   */
  Optional<PathElsewhere> admit(DialingOutbox outbox, PeerInfo peer);

  /**
   * Takes a connection into account, raises events, and then begins to read from it.
   *
   * @param outbox the path
   * @param connection the connection
   */
  void opened(Outbox outbox, Connection connection);

  /**
   * Learns that connecting was given up.
   *
   * @param outbox the path
   * @param cause why
   */
  void gaveUp(DialingOutbox outbox, Throwable cause);

  /**
   * Learns that a path has no connection, and nothing to send.
   *
   * @param outbox the path, which may be retired
   */
  void idle(DialingOutbox outbox);

  /**
   * Learns that a one-way message is lost.
   *
   * @param endpoint the endpoint it was for
   * @param messageClass the class of the message
   * @param reason why
   */
  void dropped(String endpoint, String messageClass, DropReason reason);

  /** Returns whether the env is shutting down. */
  boolean isStopping();

  /** Returns the failure of a message that was not written because the env is shutting down. */
  RpcException stopped();
}
