// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.DropReason;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcDirection;
import io.rpcenv.RpcEnvListener.Origin;
import io.rpcenv.RpcException;
import io.rpcenv.RpcSerializationException;
import io.rpcenv.internal.call.AskFuture;
import io.rpcenv.internal.call.FailureCodec;
import io.rpcenv.internal.call.LongMap;
import io.rpcenv.internal.call.Rejections;
import io.rpcenv.internal.dispatch.DeferredRuns;
import io.rpcenv.internal.dispatch.UserMessage;
import io.rpcenv.internal.outbound.Outbox;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;
import io.rpcenv.serialization.PeerClasses;
import io.rpcenv.transport.Connection;
import io.rpcenv.transport.ConnectionHandler;
import io.rpcenv.transport.Target;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What comes on one connection: requests go to inboxes, answers to the asks of the connection's
 * outbox. Confined to the connection's loop but for the answers of handlers.
 */
final class InboundConnection implements ConnectionHandler {

  private final InboundRouter router;
  private final Connection connection;
  private final Outbox outbox;
  private final RpcAddress peerAddress;
  private final PeerClasses classes;
  private final LongMap<RemoteRequest> running = new LongMap<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private volatile CompletableFuture<Void> predecessors = CompletableFuture.completedFuture(null);

  // Confined to the loop.
  private final DeferredRuns runs = new DeferredRuns();
  private final ReadCredit credit;
  private boolean started;
  private long arriving; // bytes counted of the message that comes in pieces

  /**
   * Takes a connection into account; endpoints hear of a new peer.
   *
   * @param router brings messages to endpoints
   * @param connection the connection, not started
   * @param outbox the path whose answers come here, and that carries replies
   */
  InboundConnection(InboundRouter router, Connection connection, Outbox outbox) {
    this.router = router;
    this.connection = connection;
    this.outbox = outbox;
    this.classes = router.codec().newPeerClasses();
    this.credit = new ReadCredit(router.budget());
    this.peerAddress = router.presence().opened(connection.peer());
  }

  RpcAddress peerAddress() {
    return peerAddress;
  }

  MessageCodec codec() {
    return router.codec();
  }

  int peerLimit() {
    return connection.peer().maxMessageSize();
  }

  String uri(String endpoint) {
    return router.uri().apply(endpoint);
  }

  /** Returns what completes on the loop when all that came on this connection was posted. */
  CompletableFuture<Void> whenClosed() {
    return closed;
  }

  /**
   * Makes this connection the successor of another one, before it is started.
   *
   * @return what completes when all that came on that one, and on those before it, was posted
   */
  CompletableFuture<Void> after(InboundConnection before) {
    predecessors = before.predecessors.thenCombine(before.closed, (nothing, closed) -> null);
    return predecessors;
  }

  Outbox outbox() {
    return outbox;
  }

  /** Closes the connection. Any thread. */
  void close(String reason) {
    connection.loop().execute(() -> closeNow(reason));
  }

  private void closeNow(String reason) {
    connection.close(reason);
    if (!started) {
      closed(new ClosedChannelException()); // nobody else will say so
    }
  }

  /** Begins to read, unless it was closed before that. */
  void start() {
    if (!closed.isDone()) {
      started = true;
      connection.start(this);
    }
  }

  // Answers of handlers, on any thread

  void reply(long callId, EncodedMessage reply) {
    outbox.reply(connection, callId, reply, () -> running.remove(callId));
  }

  void fail(long callId, byte[] failure) {
    outbox.fail(connection, callId, failure, () -> running.remove(callId));
  }

  // Requests

  @Override
  public void classDefined(MessageClass announced) {
    classes.define(announced);
  }

  @Override
  public void oneWay(String endpoint, MessageClass messageClass, MessageBody body) {
    RemoteBody inbound = inbound(messageClass, body, RpcDirection.REQUEST);
    post(endpoint, inbound, new RemoteSend(inbound, router.events()));
  }

  @Override
  public void request(long callId, String endpoint, MessageClass messageClass, MessageBody body) {
    RemoteBody inbound = inbound(messageClass, body, RpcDirection.REQUEST);
    RemoteRequest request = new RemoteRequest(inbound, callId, this);
    running.put(callId, request);
    post(endpoint, inbound, request);
  }

  private RemoteBody inbound(MessageClass messageClass, MessageBody body, RpcDirection direction) {
    return new RemoteBody(messageClass, body, classes, router.codec(), direction, router.budget());
  }

  private void post(String endpoint, RemoteBody inbound, UserMessage message) {
    if (!inbound.count(credit)) {
      message.rejected(endpoint, DropReason.INBOUND_FULL, null);
      return;
    }
    Optional<RpcSerializationException> refusal = inbound.refusal();
    if (refusal.isPresent()) {
      message.rejected(endpoint, DropReason.NOT_DECODABLE, refusal.get());
    } else {
      router.route(endpoint, message, runs);
    }
  }

  // Messages in pieces

  @Override
  public boolean arriving(int bytes, boolean reply) {
    credit.end(); // one message fits whatever its size, if nothing else is held
    if (reply) {
      router.budget().take(bytes);
    } else if (!router.budget().tryGrow(arriving, bytes)) {
      return false;
    }
    arriving += bytes;
    return true;
  }

  @Override
  public void arrivingEnded() {
    router.budget().giveBack(arriving);
    arriving = 0;
  }

  @Override
  public void refusedOneWay(String endpoint, MessageClass messageClass) {
    router.events().dropped(endpoint, messageClass.name(), Origin.REMOTE, DropReason.INBOUND_FULL);
  }

  @Override
  public void refusedRequest(long callId, String endpoint, MessageClass messageClass) {
    RpcException failure = Rejections.of(uri(endpoint), DropReason.INBOUND_FULL, null);
    fail(callId, FailureCodec.encode(failure));
  }

  @Override
  public void readEnd() {
    credit.end();
    runs.flush();
  }

  @Override
  public void cancel(long callId) {
    RemoteRequest request = running.remove(callId);
    if (request != null) {
      request.askerGone();
    }
  }

  // Answers to asks

  @Override
  public void reply(
      long callId, MessageClass messageClass, MessageBody body, boolean transientBody) {
    AskFuture<?> ask = outbox.answered(callId);
    if (transientBody) {
      if (ask != null) {
        complete(ask, messageClass, body);
      }
    } else if (ask == null) {
      body.release(); // late: nobody waits for it any more
    } else {
      completeLarge(ask, messageClass, inbound(messageClass, body, RpcDirection.REPLY));
    }
  }

  private void complete(AskFuture<?> ask, MessageClass messageClass, MessageBody body) {
    Object reply;
    try {
      reply = router.codec().decode(messageClass, body, classes, RpcDirection.REPLY);
    } catch (RpcException | Error e) {
      failUndecodable(ask, messageClass, e);
      return;
    }
    ask.succeed(reply);
  }

  /**
   * A reply is never refused, as its request has been handled. Where no more bytes may wait for a
   * dispatcher thread it does not wait, at the cost of the other messages of this loop.
   */
  private void completeLarge(AskFuture<?> ask, MessageClass messageClass, RemoteBody body) {
    if (body.count(credit)) {
      router.dispatcher().execute(() -> completeNow(ask, messageClass, body));
    } else {
      completeNow(ask, messageClass, body);
    }
  }

  private static void completeNow(AskFuture<?> ask, MessageClass messageClass, RemoteBody body) {
    Object reply;
    try {
      reply = body.decode();
    } catch (RpcException | Error e) {
      failUndecodable(ask, messageClass, e);
      return;
    }
    ask.succeed(reply);
  }

  private static void failUndecodable(AskFuture<?> ask, MessageClass messageClass, Throwable why) {
    if (why instanceof Error error) {
      // The ask is no longer pending: nobody else would ever end it.
      ask.fail(MessageCodec.notDecodable(messageClass, RpcDirection.REPLY, error));
      rethrowFatal(error);
    } else {
      ask.fail(why);
    }
  }

  private static void rethrowFatal(Error error) {
    if (error instanceof VirtualMachineError) {
      throw error;
    }
  }

  @Override
  public void failure(long callId, byte[] failure) {
    AskFuture<?> ask = outbox.answered(callId);
    if (ask == null) {
      return;
    }
    RpcException cause;
    try {
      cause = FailureCodec.decode(failure, outbox.description(), router.codec().rebuilder());
    } catch (Error e) {
      String text = "a failure from [" + outbox.description() + "] could not be read: " + e;
      ask.fail(new RpcSerializationException(text, "unknown", "", RpcDirection.REPLY, e));
      rethrowFatal(e);
      return;
    }
    ask.fail(cause);
  }

  // The connection

  @Override
  public void writable() {
    outbox.writable();
  }

  @Override
  public void unsentOneWay(Target target, EncodedMessage message) {
    outbox.unsent(target, message);
  }

  @Override
  public void unsentRequest(long callId, Target target, EncodedMessage message) {
    outbox.unsent(callId, target, message);
  }

  @Override
  public void closed(Throwable cause) {
    readEnd();
    running.values().forEach(RemoteRequest::askerGone);
    running.clear();
    outbox.lost(connection, cause);
    router.presence().closed(connection.peer());
    closed.complete(null);
  }
}
