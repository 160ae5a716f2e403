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
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.RefIdentity;
import java.util.Optional;
import java.util.function.BooleanSupplier;

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

  void send(RefIdentity to, Object message) {
    if (stopping.getAsBoolean()) {
      throw new RpcEnvStoppedException(envName, false);
    }
    Optional<? extends Outbox> outbox = peers.find(to);
    int limit = outbox.map(Outbox::peerLimit).orElse(Integer.MAX_VALUE);
    EncodedMessage encoded = codec.encode(message, limit, RpcDirection.REQUEST);
    if (outbox.isPresent()) {
      Outbox path = outbox.get();
      while (!path.send(path.target(to.name()), encoded)) {
        path = peers.successor(path);
      }
    } else {
      encoded.body().release();
      events.dropped(
          to.name(), encoded.messageClass().name(), Origin.LOCAL, DropReason.NOT_CONNECTED);
    }
  }

  <R> AskFuture<R> ask(
      RefIdentity to, String uri, Object message, Class<?> replyType, RpcTimeout timeout) {
    if (stopping.getAsBoolean()) {
      return SettledAsk.failed(new RpcEnvStoppedException(envName, false));
    }
    Optional<? extends Outbox> outbox = peers.find(to);
    if (outbox.isEmpty()) {
      return SettledAsk.failed(
          new RpcConnectionException(
              "the env of ["
                  + uri
                  + "] has no listener and is not connected to env ["
                  + envName
                  + "]",
              null,
              false));
    }
    return ask(outbox.get(), to.name(), uri, message, replyType, timeout);
  }

  <R> AskFuture<R> ask(
      Outbox found,
      String name,
      String uri,
      Object message,
      Class<?> replyType,
      RpcTimeout timeout) {
    Outbox outbox = found;
    String type = message.getClass().getName();
    RemoteAsk<R> ask = new RemoteAsk<>(outbox, uri, type, replyType, timeout);
    try {
      EncodedMessage encoded = codec.encode(message, outbox.peerLimit(), RpcDirection.REQUEST);
      while (!outbox.ask(outbox.target(name), encoded, ask)) {
        outbox = peers.successor(outbox);
        ask = new RemoteAsk<>(outbox, uri, type, replyType, timeout);
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
}
