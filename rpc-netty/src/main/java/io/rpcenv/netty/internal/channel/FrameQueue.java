// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.channel;

import io.netty.buffer.ByteBuf;
import io.rpcenv.netty.internal.codec.FrameWriter;
import io.rpcenv.netty.internal.codec.HandshakeFrame;
import io.rpcenv.netty.internal.codec.HandshakeWriter;
import io.rpcenv.netty.internal.codec.WireFormat;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;
import io.rpcenv.transport.Target;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Writes frames of one connection, with the announcements of classes and endpoint names that they
 * need. Confined to the loop.
 */
final class FrameQueue {

  /** Bodies up to this size are copied into the batch. */
  private static final int COPY_LIMIT = 8 * 1024;

  /** More than type, flags and numbers of any header take. */
  private static final int NUMBERS = 64;

  private static final int SHAPE = Long.BYTES;
  private static final int ANNOUNCE_LIMIT = 32 * 1024;

  private final FrameOutput output;
  private final long serial;
  private final IntFunction<MessageClass> classes;
  private final Map<String, Integer> endpoints = new HashMap<>();
  private int highestClassId = WireFormat.FIRST_CLASS_ID - 1;

  FrameQueue(FrameOutput output, long serial, IntFunction<MessageClass> classes) {
    this.output = output;
    this.serial = serial;
    this.classes = classes;
  }

  /** Writes a message in one frame and releases its body in the end. */
  void message(int type, long callId, Target target, EncodedMessage message) {
    announceClasses(message.highestClassId());
    int endpoint = type == WireFormat.REPLY ? 0 : endpointNumber(target);
    MessageBody body = message.body();
    int size = body.size();
    boolean copied = size <= COPY_LIMIT;
    ByteBuf out = output.room(headerBound(target, message.messageClass()) + (copied ? size : 0));
    int start = FrameWriter.begin(out, type);
    fields(out, type, callId, endpoint, target, message);
    FrameWriter.end(out, start, size);
    if (copied) {
      copy(body, out);
      body.release();
    } else {
      output.write(body.segments(), body::release);
    }
  }

  /** Writes the frame that begins a chunk transfer. */
  void chunkFirst(Outgoing large) {
    EncodedMessage message = large.message();
    Target target = large.target();
    announceClasses(message.highestClassId());
    int endpoint = large.ordered() ? endpointNumber(target) : 0;
    ByteBuf out = output.room(headerBound(target, message.messageClass()));
    int start = FrameWriter.begin(out, WireFormat.CHUNK_FIRST);
    FrameWriter.chunkFirst(out, large.type(), large.size());
    fields(out, large.type(), large.callId(), endpoint, target, message);
    FrameWriter.end(out, start, 0);
  }

  /** Writes a chunk. */
  void chunk(boolean last, List<ByteBuffer> pieces, int size, Runnable done) {
    ByteBuf out = output.room(NUMBERS);
    int start = FrameWriter.begin(out, last ? WireFormat.CHUNK_LAST : WireFormat.CHUNK_NEXT);
    FrameWriter.end(out, start, size);
    output.write(pieces, done);
  }

  void chunkAbort() {
    FrameWriter.chunkAbort(output.room(NUMBERS));
  }

  void failure(long callId, byte[] failure) {
    boolean copied = failure.length <= COPY_LIMIT;
    ByteBuf out = output.room(NUMBERS + (copied ? failure.length : 0));
    int start = FrameWriter.begin(out, WireFormat.FAILURE);
    FrameWriter.varlong(out, callId);
    FrameWriter.end(out, start, failure.length);
    if (copied) {
      out.writeBytes(failure);
    } else {
      output.write(List.of(ByteBuffer.wrap(failure)), () -> {});
    }
  }

  void cancel(long callId) {
    FrameWriter.cancel(output.room(NUMBERS), callId);
  }

  /** Writes a short handshake frame. */
  void handshake(HandshakeFrame frame) {
    HandshakeWriter.write(output.room(NUMBERS), frame);
  }

  void pong(long token) {
    FrameWriter.pingPong(output.room(NUMBERS), WireFormat.PONG, token);
  }

  private static void fields(
      ByteBuf out, int type, long callId, int endpoint, Target target, EncodedMessage message) {
    MessageClass messageClass = message.messageClass();
    switch (type) {
      case WireFormat.ONE_WAY -> FrameWriter.oneWay(out, endpoint, target.name(), messageClass);
      case WireFormat.REQUEST ->
          FrameWriter.request(out, callId, endpoint, target.name(), messageClass);
      default -> FrameWriter.reply(out, callId, messageClass);
    }
  }

  private static int headerBound(Target target, MessageClass messageClass) {
    int inline =
        messageClass.id() == MessageClass.INLINE ? FrameWriter.maxSize(messageClass.name()) : 0;
    return NUMBERS + FrameWriter.maxSize(target.name()) + inline;
  }

  private static void copy(MessageBody body, ByteBuf out) {
    if (body.hasArray()) {
      out.writeBytes(body.array(), body.arrayOffset(), body.size());
    } else {
      body.segments().forEach(out::writeBytes);
    }
  }

  private int endpointNumber(Target target) {
    int known = target.number(serial);
    if (known != 0) {
      return known;
    }
    Integer assigned = endpoints.get(target.name());
    if (assigned == null) {
      if (endpoints.size() >= WireFormat.MAX_ENDPOINTS) {
        return 0;
      }
      assigned = endpoints.size() + 1;
      endpoints.put(target.name(), assigned);
      ByteBuf out = output.room(NUMBERS + FrameWriter.maxSize(target.name()));
      FrameWriter.endpoint(out, assigned, target.name());
    }
    target.assign(serial, assigned);
    return assigned;
  }

  private void announceClasses(int highest) {
    while (highestClassId < highest) {
      List<MessageClass> next = new ArrayList<>();
      int size = NUMBERS;
      while (highestClassId < highest && size < ANNOUNCE_LIMIT) {
        MessageClass announced = classes.apply(highestClassId + 1);
        highestClassId++;
        next.add(announced);
        size += FrameWriter.maxSize(announced.name()) + SHAPE;
      }
      FrameWriter.classes(output.room(size), next);
    }
  }
}
