// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.DropReason;
import io.rpcenv.internal.dispatch.DeferredRuns;
import io.rpcenv.internal.dispatch.Dispatcher;
import io.rpcenv.internal.dispatch.Inbox;
import io.rpcenv.internal.dispatch.UserMessage;
import io.rpcenv.internal.queue.ByteBudget;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What all connections of an env share to bring messages to its endpoints.
 *
 * @param dispatcher the endpoints
 * @param codec decodes requests and encodes replies
 * @param events counts what is lost
 * @param budget bounds what is not decoded yet
 * @param presence counts connections
 * @param uri the URI of an endpoint of this env
 * @param stopping whether the env is shutting down
 */
record InboundRouter(
    Dispatcher dispatcher,
    MessageCodec codec,
    EnvEvents events,
    ByteBudget budget,
    Presence presence,
    Function<String, String> uri,
    BooleanSupplier stopping) {

  /** Posts a message, or ends it as refused; the caller flushes the runs. */
  void route(String endpoint, UserMessage message, DeferredRuns runs) {
    Inbox inbox = dispatcher.find(endpoint);
    if (inbox == null) {
      message.rejected(
          endpoint,
          stopping.getAsBoolean() ? DropReason.ENDPOINT_STOPPED : DropReason.NO_SUCH_ENDPOINT,
          null);
      return;
    }
    DropReason reason = dispatcher.post(inbox, message, runs);
    if (reason != null) {
      message.rejected(endpoint, reason, inbox.startFailure());
    }
  }
}
