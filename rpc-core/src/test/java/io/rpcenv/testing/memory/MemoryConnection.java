// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.testing.memory;

import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;
import io.rpcenv.transport.Connection;
import io.rpcenv.transport.ConnectionHandler;
import io.rpcenv.transport.PeerInfo;
import io.rpcenv.transport.Target;
import io.rpcenv.transport.TransportLoop;
import io.rpcenv.transport.TransportSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection, confined to its loop. What is written waits for the flush, then crosses
 * to the other end's loop as copies. While held, what was flushed waits here, as in a full socket.
 */
final class MemoryConnection implements Connection {

  private final MemoryLink link;
  private final TransportLoop loop;
  private final TransportSettings settings;
  private final PeerInfo peer;
  private final List<Consumer<ConnectionHandler>> written = new ArrayList<>();
  private final Queue<List<Consumer<ConnectionHandler>>> kept = new ArrayDeque<>();
  private final Queue<Consumer<ConnectionHandler>> unread = new ArrayDeque<>();
  private @Nullable MemoryConnection other;
  private @Nullable ConnectionHandler handler;
  private @Nullable Throwable closedBecause;
  private boolean closing;
  private boolean held;
  private boolean paused;
  private int announced = MessageClass.FIRST_ID - 1;

  MemoryConnection(MemoryLink link, TransportLoop loop, TransportSettings settings, PeerInfo peer) {
    this.link = link;
    this.loop = loop;
    this.settings = settings;
    this.peer = peer;
  }

  void join(MemoryConnection end) {
    this.other = end;
  }

  private MemoryConnection other() {
    return java.util.Objects.requireNonNull(other, "other");
  }

  @Override
  public PeerInfo peer() {
    return peer;
  }

  @Override
  public TransportLoop loop() {
    return loop;
  }

  @Override
  public void start(ConnectionHandler reader) {
    assertInLoop();
    if (handler != null) {
      throw new IllegalStateException("started before");
    }
    handler = reader;
    loop.execute(this::deliver);
  }

  private void deliver() {
    ConnectionHandler reader = handler;
    if (reader == null || paused) {
      return;
    }
    for (Consumer<ConnectionHandler> frame; (frame = unread.poll()) != null; ) {
      frame.accept(reader);
    }
    reader.readEnd();
  }

  @Override
  public boolean isWritable() {
    assertInLoop();
    return closedBecause == null && !closing && !held;
  }

  @Override
  public void writeOneWay(Target target, EncodedMessage message) {
    String name = target.name();
    MessageClass type = message.messageClass();
    byte[] body = take(message);
    write(to -> to.oneWay(name, type, MessageBody.ofArray(body)));
  }

  @Override
  public void writeRequest(long callId, Target target, EncodedMessage message) {
    String name = target.name();
    MessageClass type = message.messageClass();
    byte[] body = take(message);
    write(to -> to.request(callId, name, type, MessageBody.ofArray(body)));
  }

  @Override
  public void writeReply(long callId, EncodedMessage message) {
    MessageClass type = message.messageClass();
    byte[] body = take(message);
    boolean inBuffer = body.length <= 4096;
    write(to -> to.reply(callId, type, MessageBody.ofArray(body), inBuffer));
  }

  @Override
  public void writeFailure(long callId, byte[] failure) {
    write(to -> to.failure(callId, failure));
  }

  @Override
  public boolean writeCancel(long callId) {
    write(to -> to.cancel(callId));
    return false;
  }

  private byte[] take(EncodedMessage message) {
    assertInLoop();
    for (; announced < message.highestClassId(); announced++) {
      MessageClass next = settings.classes().apply(announced + 1);
      write(to -> to.classDefined(next));
    }
    byte[] copy = new byte[message.body().size()];
    ByteBuffer into = ByteBuffer.wrap(copy);
    message.body().segments().forEach(into::put);
    message.body().release();
    return copy;
  }

  private void write(Consumer<ConnectionHandler> frame) {
    assertInLoop();
    if (closedBecause == null && !closing) {
      written.add(frame);
    }
  }

  @Override
  public void flush() {
    assertInLoop();
    if (written.isEmpty()) {
      return;
    }
    List<Consumer<ConnectionHandler>> batch = List.copyOf(written);
    written.clear();
    if (held) {
      kept.add(batch);
    } else {
      cross(batch);
    }
  }

  private void cross(List<Consumer<ConnectionHandler>> batch) {
    MemoryConnection end = other();
    end.loop.execute(() -> end.receive(batch));
  }

  private void receive(List<Consumer<ConnectionHandler>> batch) {
    if (closedBecause == null) {
      unread.addAll(batch);
      deliver();
    }
  }

  @Override
  public void close(String reason) {
    assertInLoop();
    if (closing || closedBecause != null) {
      return;
    }
    flush();
    closing = true;
    paused = false;
    deliver();
    kept.forEach(this::cross);
    kept.clear();
    MemoryConnection end = other();
    IOException there = new IOException("closed by the peer: " + reason);
    end.loop.execute(() -> end.closed(there));
    loop.execute(() -> closed(new IOException("closed: " + reason)));
  }

  /** Ends at once; what was not delivered is lost. */
  void abandon(Throwable cause) {
    if (closedBecause == null) {
      unread.clear();
      closed(cause);
    }
  }

  private void closed(Throwable cause) {
    if (closedBecause != null) {
      return;
    }
    finish(cause);
    MemoryConnection end = other();
    end.loop.execute(() -> end.closed(cause));
  }

  private void finish(Throwable cause) {
    closedBecause = cause;
    paused = false;
    written.clear();
    kept.clear();
    unread.add(to -> to.closed(cause));
    deliver();
    link.endClosed();
  }

  /** Ends this end at once; the other end is not told, but gets what was written. */
  void vanish(Throwable cause) {
    if (closedBecause == null) {
      unread.clear();
      finish(cause);
    }
  }

  /** Keeps what comes unread until this end is closed. */
  void pauseReading() {
    paused = true;
  }

  void hold() {
    held = true;
  }

  void release() {
    held = false;
    if (closedBecause != null) {
      return;
    }
    kept.forEach(this::cross);
    kept.clear();
    // Told later, as a socket does: what is offered in between must not overtake.
    loop.execute(() -> Optional.ofNullable(handler).ifPresent(ConnectionHandler::writable));
  }

  private void assertInLoop() {
    if (!loop.inLoop()) {
      throw new AssertionError(
          "outside the connection's loop, on thread " + Thread.currentThread().getName());
    }
  }
}
