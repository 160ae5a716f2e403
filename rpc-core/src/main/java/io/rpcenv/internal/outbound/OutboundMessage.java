// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import io.rpcenv.DropReason;
import io.rpcenv.RpcException;
import io.rpcenv.internal.queue.MpscNode;
import io.rpcenv.transport.Connection;
import org.jspecify.annotations.Nullable;

/**
 * What goes to a peer. Made on any thread, then confined to the outbox's loop. It owns its encoded
 * body until exactly one of {@link #write}, {@link #fail} and {@link #discard} is called.
 */
abstract class OutboundMessage extends MpscNode {

  /**
   * What a waiting message costs beside its body, in bytes, so that empty ones are bounded, too.
   */
  static final int OVERHEAD = 64;

  OutboundMessage() {}

  /** Returns what it takes of the outbox's bound, in bytes; none once it is settled. */
  abstract long cost();

  /** Returns the size of the body, in bytes. */
  abstract int size();

  /** Returns whether it is more than the peer takes; a reply has been encoded to its limit. */
  boolean exceeds(int limit) {
    return size() > limit;
  }

  /** Takes it out of the queue, on the loop. */
  abstract void arrive(Outbox outbox);

  /** Returns whether it has ended already, and only its place in the queue is left. */
  boolean isSettled() {
    return false;
  }

  /** Returns whether its asker may be told that this env stops: it is an ask. */
  boolean isAsk() {
    return false;
  }

  /** Returns whether it may go out on a connection. */
  boolean isFor(@Nullable Connection connection) {
    return true;
  }

  /** Takes it from whoever might withdraw it, just before it is written; false if it was. */
  boolean claim() {
    return true;
  }

  /** Gives it to the connection. */
  abstract void write(Outbox outbox, Connection connection);

  /**
   * Ends it unwritten.
   *
   * @param cause what an asker is told
   * @param reason what a one-way message is counted as
   */
  abstract void fail(Outbox outbox, RpcException cause, DropReason reason);

  /** Lets go of it: nobody wants it. */
  abstract void discard(Outbox outbox);
}
