// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import io.rpcenv.DropReason;
import io.rpcenv.RpcException;
import io.rpcenv.transport.Connection;
import java.util.concurrent.CompletableFuture;

/** Not a message: tells when everything put on its way before it was given to the connection. */
final class OutboundMark extends OutboundMessage {

  private final CompletableFuture<Void> reached = new CompletableFuture<>();

  CompletableFuture<Void> reached() {
    return reached;
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
    if (outbox.connection() == null) {
      reached.complete(null); // it is not worth a connection of its own
    } else {
      outbox.writeOrWait(this);
    }
  }

  @Override
  void write(Outbox outbox, Connection connection) {
    reached.complete(null);
  }

  @Override
  void fail(Outbox outbox, RpcException cause, DropReason reason) {
    reached.complete(null);
  }

  @Override
  void discard(Outbox outbox) {
    reached.complete(null);
  }
}
