// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import com.esotericsoftware.kryo.io.Output;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.rpcenv.RpcConfKeys;
import io.rpcenv.RpcDirection;
import io.rpcenv.RpcMessageTooLargeException;
import io.rpcenv.RpcSide;
import io.rpcenv.serialization.MessageBody;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes into one reused buffer; each time that is full, its bytes move to a pooled segment. The
 * limit is checked before a segment is taken, so that a too large message costs at most its limit.
 */
final class WireOutput extends Output {

  static final int BUFFER_SIZE = 64 * 1024;

  /** From which length on an array is not gathered with what is beside it. */
  private static final int DIRECT_FROM = 16 * 1024;

  private static final int MAX_SEGMENT = 256 * 1024;

  private final List<ByteBuf> segments = new ArrayList<>();
  private long limit;

  WireOutput() {
    super(BUFFER_SIZE, BUFFER_SIZE);
  }

  void begin(int maxSize) {
    reset();
    limit = maxSize;
  }

  @Override
  protected boolean require(int required) {
    if (capacity - position >= required) {
      return false;
    }
    seal();
    return true;
  }

  @Override
  public void flush() {}

  /** As Kryo's, but a large array goes to segments of its own and not through the buffer. */
  @Override
  public void writeBytes(byte[] bytes, int offset, int count) {
    if (count < DIRECT_FROM) {
      super.writeBytes(bytes, offset, count);
      return;
    }
    seal();
    for (int done = 0; done < count; ) {
      int part = Math.min(count - done, MAX_SEGMENT);
      checkLimit(part);
      append(bytes, offset + done, part);
      done += part;
    }
  }

  /** Returns the bytes; the caller owns them, and this output is ready for the next message. */
  MessageBody finish() {
    checkLimit(position);
    if (segments.isEmpty()) {
      return MessageBody.ofArray(Arrays.copyOf(buffer, position));
    }
    seal();
    int size = Math.toIntExact(total);
    List<ByteBuf> owned = List.copyOf(segments);
    List<ByteBuffer> views = owned.stream().map(ByteBuf::nioBuffer).toList();
    AtomicBoolean released = new AtomicBoolean();
    segments.clear();
    return MessageBody.ofSegments(
        views,
        size,
        () -> {
          if (!released.compareAndSet(false, true)) {
            throw new IllegalStateException("release: second call (expected: once)");
          }
          owned.forEach(ByteBuf::release);
        });
  }

  /** Gives back what a failed message has taken. */
  void abandon() {
    segments.forEach(ByteBuf::release);
    segments.clear();
  }

  /** Writes a length, with what belongs to it: never negative. */
  void writeLength(int length) {
    writeVarInt(length, true);
  }

  private void seal() {
    checkLimit(position);
    if (position > 0) {
      append(buffer, 0, position);
      position = 0;
    }
  }

  private void append(byte[] bytes, int offset, int count) {
    ByteBuf segment = PooledByteBufAllocator.DEFAULT.directBuffer(count, count);
    segments.add(segment);
    segment.writeBytes(bytes, offset, count);
    total += count;
  }

  private void checkLimit(int more) {
    if (total + more > limit) {
      throw new RpcMessageTooLargeException(
          RpcMessageTooLargeException.UNKNOWN_SIZE,
          limit,
          RpcConfKeys.MESSAGE_MAX_SIZE.name(),
          RpcSide.LOCAL,
          RpcDirection.REQUEST);
    }
  }
}
