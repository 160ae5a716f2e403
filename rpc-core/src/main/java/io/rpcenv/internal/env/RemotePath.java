// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.DropReason;
import io.rpcenv.RpcConnectionException;
import io.rpcenv.RpcDirection;
import io.rpcenv.RpcEnvListener.Origin;
import io.rpcenv.RpcEnvStoppedException;
import io.rpcenv.RpcException;
import io.rpcenv.RpcTimeout;
import io.rpcenv.internal.call.AskFuture;
import io.rpcenv.internal.call.LocalDeadlines;
import io.rpcenv.internal.outbound.Outbox;
import io.rpcenv.internal.outbound.RemoteAsk;
import io.rpcenv.internal.outbound.Route;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.RefIdentity;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way to the endpoints of other envs: encodes on the calling thread and finds the outbox.
 *
 * @param envName this env's name
 * @param peers the outboxes
 * @param codec encodes
 * @param deadlines the env's timer
 * @param events counts what is lost
 * @param stopping whether the env is shutting down
 */
record RemotePath(
    String envName,
    Peers peers,
    MessageCodec codec,
    LocalDeadlines deadlines,
    EnvEvents events,
    BooleanSupplier stopping) {

  /** Returns the way to an endpoint; null if its env does not listen and is not connected. */
  @Nullable Route route(RefIdentity to) {
    Outbox outbox = peers.find(to);
    return outbox == null ? null : Route.over(outbox, to.name());
  }

  void send(RemoteEndpointRef to, Object message) {
    if (stopping.getAsBoolean()) {
      throw new RpcEnvStoppedException(envName, false);
    }
    Route route = to.route();
    int limit = route == null ? Integer.MAX_VALUE : route.path().peerLimit();
    EncodedMessage encoded = codec.encode(message, limit, RpcDirection.REQUEST);
    if (route == null) {
      encoded.body().release();
      events.dropped(
          to.name(), encoded.messageClass().name(), Origin.LOCAL, DropReason.NOT_CONNECTED);
    } else {
      while (!route.path().send(route.target(), encoded)) {
        route = successor(route);
      }
    }
  }

  <R> AskFuture<R> ask(
      RemoteEndpointRef to, Object message, Class<?> replyType, RpcTimeout timeout) {
    if (stopping.getAsBoolean()) {
      return SettledAsk.failed(new RpcEnvStoppedException(envName, false));
    }
    Route route = to.route();
    if (route == null) {
      return SettledAsk.failed(
          new RpcConnectionException(
              "the env of ["
                  + to.uri()
                  + "] has no listener and is not connected to env ["
                  + envName
                  + "]",
              null,
              false));
    }
    return ask(route, to.uri(), message, replyType, timeout);
  }

  <R> AskFuture<R> ask(
      Route found, String uri, Object message, Class<?> replyType, RpcTimeout timeout) {
    Route route = found;
    String type = message.getClass().getName();
    RemoteAsk<R> ask = new RemoteAsk<>(route.path(), uri, type, replyType, timeout);
    try {
      EncodedMessage encoded =
          codec.encode(message, route.path().peerLimit(), RpcDirection.REQUEST);
      while (!route.path().ask(route.target(), encoded, ask)) {
        route = successor(route);
        ask = new RemoteAsk<>(route.path(), uri, type, replyType, timeout);
      }
    } catch (RpcException e) {
      ask.fail(e);
    }
    if (stopping.getAsBoolean()) {
      // Looked at after the outbox took it in: either this or the env's end sees the other.
      ask.fail(new RpcEnvStoppedException(envName, ask.mayHaveExecuted()));
    }
    return ask;
  }

  private Route successor(Route retired) {
    return Route.over(peers.successor(retired.path()), retired.target().name());
  }
}
