// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;
import io.rpcenv.transport.ConnectionHandler;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A reader whose handler writes down what comes, one line each, and releases it. */
final class FrameLog implements ConnectionHandler {

  static final int MAX_MESSAGE = 3 * 1024 * 1024;

  final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
  final List<String> lines = new ArrayList<>();
  final FrameReader reader;

  FrameLog() {
    this(MAX_MESSAGE);
  }

  FrameLog(int maxMessageSize) {
    reader =
        new FrameReader(
            allocator,
            maxMessageSize,
            new byte[FrameReader.SCRATCH],
            FrameLog::noName,
            this,
            token -> lines.add("ping " + token));
  }

  /** How many bytes of a message in pieces are kept at most, but for a reply. */
  long room = Long.MAX_VALUE;

  /** How many bytes of a message in pieces are counted now. */
  long arriving;

  @Override
  public boolean arriving(int bytes, boolean reply) {
    if (!reply && arriving + bytes > room) {
      return false;
    }
    arriving += bytes;
    return true;
  }

  @Override
  public void arrivingEnded() {
    arriving = 0;
  }

  @Override
  public void refusedOneWay(String endpoint, MessageClass messageClass) {
    lines.add("refused oneWay " + endpoint + " " + messageClass);
  }

  @Override
  public void refusedRequest(long callId, String endpoint, MessageClass messageClass) {
    lines.add("refused request " + callId + " " + endpoint + " " + messageClass);
  }

  private static MessageClass noName(int id) {
    throw new IllegalArgumentException("id: " + id);
  }

  /** Reads bytes in pieces of a size. */
  FrameLog read(ByteBuf bytes, int pieces) throws ProtocolViolation {
    while (bytes.isReadable()) {
      reader.read(bytes.readSlice(Math.min(pieces, bytes.readableBytes())));
    }
    return this;
  }

  /** Returns how many bytes are held now. */
  long held() {
    return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
  }

  @Override
  public void classDefined(MessageClass announced) {
    lines.add("class " + announced);
  }

  @Override
  public void oneWay(String endpoint, MessageClass messageClass, MessageBody body) {
    lines.add("oneWay " + endpoint + " " + messageClass + " " + take(body));
  }

  @Override
  public void request(long callId, String endpoint, MessageClass messageClass, MessageBody body) {
    lines.add("request " + callId + " " + endpoint + " " + messageClass + " " + take(body));
  }

  @Override
  public void reply(
      long callId, MessageClass messageClass, MessageBody body, boolean transientBody) {
    String text = transientBody ? text(body) : take(body);
    lines.add("reply " + callId + " " + messageClass + " " + text + " " + transientBody);
  }

  @Override
  public void failure(long callId, byte[] failure) {
    lines.add("failure " + callId + " " + Arrays.toString(failure));
  }

  @Override
  public void readEnd() {}

  @Override
  public void cancel(long callId) {
    lines.add("cancel " + callId);
  }

  @Override
  public void writable() {
    throw new AssertionError();
  }

  @Override
  public void closed(Throwable cause) {
    throw new AssertionError(cause);
  }

  /** Tells whether releasing the body gave memory back, or it was an array of its own. */
  private String take(MessageBody body) {
    String text = text(body);
    long before = held();
    body.release();
    return text + (held() < before ? " held" : " array");
  }

  static String text(MessageBody body) {
    byte[] bytes = new byte[body.size()];
    ByteBuffer all = ByteBuffer.wrap(bytes);
    body.segments().forEach(all::put);
    return text(bytes);
  }

  static String text(byte[] bytes) {
    return bytes.length + ":" + Arrays.hashCode(bytes);
  }
}
