// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.channel;

import io.rpcenv.serialization.MessageBody;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The large message that is being sent. Releases the message's body when the last chunk has left,
 * or after an abort when the channel needs none of its chunks any more.
 */
final class ChunkTransfer {

  private final Outgoing message;
  private final Deque<ByteBuffer> rest;
  private int missing;
  private int inChannel;
  private boolean ended;

  ChunkTransfer(Outgoing message) {
    MessageBody body = message.message().body();
    this.message = message;
    this.rest = new ArrayDeque<>(body.segments());
    this.missing = body.size();
  }

  Outgoing message() {
    return message;
  }

  /** Writes the next chunk and returns whether it was the last one. */
  boolean writeChunk(FrameQueue frames, int chunkSize) {
    int size = Math.min(chunkSize, missing);
    missing -= size;
    inChannel++;
    ended = missing == 0;
    frames.chunk(ended, take(size), size, this::chunkLeft);
    return ended;
  }

  /** Ends it where it is. */
  void abort() {
    ended = true;
    if (inChannel == 0) {
      message.message().body().release();
    }
  }

  private void chunkLeft() {
    inChannel--;
    if (ended && inChannel == 0) {
      message.message().body().release();
    }
  }

  private List<ByteBuffer> take(int size) {
    List<ByteBuffer> pieces = new ArrayList<>();
    int wanted = size;
    while (wanted > 0) {
      ByteBuffer first = rest.element();
      int part = Math.min(wanted, first.remaining());
      pieces.add(first.slice(first.position(), part));
      first.position(first.position() + part);
      wanted -= part;
      if (!first.hasRemaining()) {
        rest.remove();
      }
    }
    return pieces;
  }
}
