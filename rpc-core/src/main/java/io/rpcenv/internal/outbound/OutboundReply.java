// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import io.rpcenv.DropReason;
import io.rpcenv.RpcException;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.transport.Connection;
import org.jspecify.annotations.Nullable;

/** The answer to a request, bound to the connection that the request came on. Unbounded. */
final class OutboundReply extends OutboundMessage {

  private final Connection connection;
  private final long callId;
  private final @Nullable EncodedMessage reply;
  private final byte[] failure;
  private final Runnable settled;

  private OutboundReply(
      Connection connection,
      long callId,
      @Nullable EncodedMessage reply,
      byte[] failure,
      Runnable settled) {
    this.connection = connection;
    this.callId = callId;
    this.reply = reply;
    this.failure = failure;
    this.settled = settled;
  }

  static OutboundReply of(
      Connection connection, long callId, EncodedMessage reply, Runnable settled) {
    return new OutboundReply(connection, callId, reply, new byte[0], settled);
  }

  static OutboundReply ofFailure(
      Connection connection, long callId, byte[] failure, Runnable settled) {
    return new OutboundReply(connection, callId, null, failure, settled);
  }

  @Override
  long cost() {
    return 0;
  }

  @Override
  int size() {
    return reply == null ? failure.length : reply.body().size();
  }

  @Override
  boolean exceeds(int limit) {
    return false;
  }

  @Override
  void arrive(Outbox outbox) {
    settled.run();
    if (isFor(outbox.connection())) {
      outbox.writeOrWait(this);
    } else {
      outbox.discard(this); // not worth a connection of its own
    }
  }

  @Override
  boolean isFor(@Nullable Connection current) {
    return current == connection;
  }

  @Override
  void write(Outbox outbox, Connection current) {
    if (reply == null) {
      current.writeFailure(callId, failure);
    } else {
      current.writeReply(callId, reply);
    }
  }

  @Override
  void fail(Outbox outbox, RpcException cause, DropReason reason) {
    discard(outbox);
  }

  @Override
  void discard(Outbox outbox) {
    if (reply != null) {
      reply.body().release();
    }
  }
}
