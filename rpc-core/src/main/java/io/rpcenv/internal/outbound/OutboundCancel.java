// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import io.rpcenv.DropReason;
import io.rpcenv.RpcException;
import io.rpcenv.transport.Connection;

/** Word from the asker's thread that it no longer waits. */
final class OutboundCancel extends OutboundMessage {

  private final RemoteAsk<?> ask;

  OutboundCancel(RemoteAsk<?> ask) {
    this.ask = ask;
  }

  @Override
  long cost() {
    return 0;
  }

  @Override
  int size() {
    return 0;
  }

  @Override
  void arrive(Outbox outbox) {
    outbox.forget(ask);
  }

  @Override
  void write(Outbox outbox, Connection connection) {}

  @Override
  void fail(Outbox outbox, RpcException cause, DropReason reason) {}

  @Override
  void discard(Outbox outbox) {}
}
