// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A message that is coming in chunks, kept as its bytes arrive: large parts in the buffers that
 * they came in, others in segments of their own, so that what is kept is at most some three
 * quarters more than what came, however the peer cuts it.
 */
final class Transfer {

  /** From this size on a part stays in its buffer, if that is three quarters full of it. */
  private static final int KEPT_FROM = 16 * 1024;

  private static final int MIN_SEGMENT = 4 * 1024;

  private final int type;
  private final long callId;
  private final String endpoint;
  private final MessageClass messageClass;
  private final int total;
  private final List<ByteBuf> segments = new ArrayList<>();
  private int received;
  private boolean refused;

  /**
   * Begins a transfer.
   *
   * @param type ONE_WAY, REQUEST or REPLY
   * @param callId 0 for a ONE_WAY
   * @param endpoint empty for a REPLY
   */
  Transfer(int type, long callId, String endpoint, MessageClass messageClass, int total) {
    this.type = type;
    this.callId = callId;
    this.endpoint = endpoint;
    this.messageClass = messageClass;
    this.total = total;
  }

  int type() {
    return type;
  }

  long callId() {
    return callId;
  }

  String endpoint() {
    return endpoint;
  }

  MessageClass messageClass() {
    return messageClass;
  }

  boolean isReply() {
    return type == WireFormat.REPLY;
  }

  /** Returns whether its bytes are not kept any more. */
  boolean isRefused() {
    return refused;
  }

  int missing() {
    return total - received;
  }

  /** Takes {@code count} bytes, at most what is missing. */
  void take(ByteBuf in, int count, ByteBufAllocator allocator) {
    if (count >= KEPT_FROM && count >= in.capacity() / 4 * 3) {
      segments.add(in.readRetainedSlice(count));
      received += count;
    } else {
      copy(in, count, allocator);
    }
  }

  private void copy(ByteBuf in, int count, ByteBufAllocator allocator) {
    int rest = count;
    while (rest > 0) {
      ByteBuf segment = segmentWithRoom(rest, allocator);
      int part = Math.min(rest, segment.writableBytes());
      segment.writeBytes(in, part);
      received += part;
      rest -= part;
    }
  }

  /** Passes over {@code count} bytes, at most what is missing. */
  void skip(ByteBuf in, int count) {
    in.skipBytes(count);
    received += count;
  }

  /** Gives back what was kept; the rest is to be skipped. */
  void refuse() {
    refused = true;
    release();
  }

  private ByteBuf segmentWithRoom(int wanted, ByteBufAllocator allocator) {
    if (!segments.isEmpty()) {
      ByteBuf last = segments.get(segments.size() - 1);
      if (last.isWritable()) {
        return last;
      }
    }
    int size = Math.min(Math.max(wanted, MIN_SEGMENT), missing());
    ByteBuf segment = allocator.heapBuffer(size, size);
    segments.add(segment);
    return segment;
  }

  /** Returns the body; whoever gets it releases it, instead of this transfer. */
  MessageBody body() {
    List<ByteBuffer> buffers = new ArrayList<>(segments.size());
    for (ByteBuf segment : segments) {
      buffers.add(segment.nioBuffer());
    }
    return MessageBody.ofSegments(buffers, received, this::release);
  }

  void release() {
    segments.forEach(ByteBuf::release);
    segments.clear();
  }
}
