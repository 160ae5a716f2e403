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

/** A one-way message. */
final class OutboundSend extends OutboundMessage {

  private final Target target;
  private final EncodedMessage message;

  OutboundSend(Target target, EncodedMessage message) {
    this.target = target;
    this.message = message;
  }

  @Override
  long cost() {
    return OVERHEAD + (long) size();
  }

  @Override
  int size() {
    return message.body().size();
  }

  @Override
  void arrive(Outbox outbox) {
    outbox.writeOrWait(this);
  }

  @Override
  void write(Outbox outbox, Connection connection) {
    connection.writeOneWay(target, message);
  }

  @Override
  void fail(Outbox outbox, RpcException cause, DropReason reason) {
    message.body().release();
    outbox.host().dropped(target.name(), message.messageClass().name(), reason);
  }

  @Override
  void discard(Outbox outbox) {
    message.body().release();
  }
}
