// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import io.rpcenv.DropReason;
import io.rpcenv.RpcException;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.transport.Connection;
import io.rpcenv.transport.Target;
import org.jspecify.annotations.Nullable;

/** A message that is to be answered, until it is written; the {@link RemoteAsk} outlives it. */
final class OutboundAsk extends OutboundMessage {

  private final Target target;
  private final RemoteAsk<?> ask;

  /** Null once this is settled: written, failed or no longer wanted. */
  private @Nullable EncodedMessage message;

  OutboundAsk(Target target, EncodedMessage message, RemoteAsk<?> ask) {
    this.target = target;
    this.message = message;
    this.ask = ask;
  }

  @Override
  long cost() {
    return message == null ? 0 : OVERHEAD + (long) size();
  }

  @Override
  int size() {
    return message == null ? 0 : message.body().size();
  }

  @Override
  boolean isSettled() {
    return message == null;
  }

  @Override
  boolean isAsk() {
    return true;
  }

  @Override
  void arrive(Outbox outbox) {
    if (ask.isDone()) {
      outbox.discard(this);
    } else if (outbox.isAskingStopped()) {
      outbox.endUnwritten(this, outbox.host().stopped(), DropReason.ENV_STOPPED);
    } else {
      ask.waiting(this);
      outbox.peerLoop().watch(ask);
      outbox.writeOrWait(this);
    }
  }

  @Override
  boolean claim() {
    return ask.claim();
  }

  @Override
  void write(Outbox outbox, Connection connection) {
    EncodedMessage m = message;
    if (m != null) {
      message = null;
      connection.writeRequest(outbox.pending().add(ask), target, m);
    }
  }

  @Override
  void fail(Outbox outbox, RpcException cause, DropReason reason) {
    discard(outbox);
    outbox.peerLoop().unwatch(ask);
    ask.fail(cause);
  }

  @Override
  void discard(Outbox outbox) {
    if (message != null) {
      message.body().release();
      message = null;
    }
  }
}
