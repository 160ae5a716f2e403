// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

/**
 * Where the path to a listening peer stands. Immutable; each state names those that may follow it.
 *
 * @param phase what is going on
 * @param attempt which attempt to connect this is, from 1; 0 if none
 */
record OutboxState(Phase phase, int attempt) {

  /** What is going on. */
  enum Phase {
    /** No connection, and nobody needs one. */
    IDLE,
    /** The host is being looked up. */
    RESOLVING,
    /** The connection is being opened. */
    CONNECTING,
    /** An attempt failed; the next one begins after a pause. */
    PAUSING,
    /** There is a connection. */
    CONNECTED,
    /** The env has ended. */
    CLOSED
  }

  static final OutboxState IDLE = new OutboxState(Phase.IDLE, 0);
  static final OutboxState CONNECTED = new OutboxState(Phase.CONNECTED, 0);
  static final OutboxState CLOSED = new OutboxState(Phase.CLOSED, 0);

  OutboxState nextAttempt() {
    return new OutboxState(Phase.RESOLVING, attempt + 1);
  }

  OutboxState resolved() {
    return new OutboxState(Phase.CONNECTING, attempt);
  }

  boolean isAttempt() {
    return is(Phase.RESOLVING) || is(Phase.CONNECTING);
  }

  OutboxState pausing() {
    return new OutboxState(Phase.PAUSING, attempt);
  }

  boolean is(Phase other) {
    return phase == other;
  }
}
