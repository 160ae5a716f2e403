// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The buffers in which the connections of one loop collect their frames. A connection has one only
 * from its first frame to the flush that takes the last one away, so that idle connections hold
 * none. Confined to the loop.
 */
public final class BatchBuffers {

  /** Size of a buffer, in bytes. */
  static final int SIZE = 64 * 1024;

  /** More are only out at a time when that many sockets take nothing. */
  private static final int MAX_IDLE = 4;

  private final Deque<ByteBuf> idle = new ArrayDeque<>(MAX_IDLE);
  private boolean closed;

  /** Makes an empty store. */
  public BatchBuffers() {}

  /** Returns an empty buffer, which the caller owns. */
  ByteBuf take(ByteBufAllocator allocator) {
    ByteBuf kept = idle.pollLast();
    return kept == null ? allocator.directBuffer(SIZE, SIZE) : kept;
  }

  /** Takes a buffer over; it is used again if nobody else has a part of it. */
  void giveBack(ByteBuf buffer) {
    if (!closed && buffer.refCnt() == 1 && idle.size() < MAX_IDLE) {
      idle.addLast(buffer.clear());
    } else {
      buffer.release();
    }
  }

  /** Releases what is kept, and keeps nothing that a connection gives back later. */
  public void close() {
    closed = true;
    idle.forEach(ByteBuf::release);
    idle.clear();
  }
}
