// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.rpcenv.bench.Blob;
import io.rpcenv.bench.Sample;

/** Collects small frames in a buffer of 64 KiB that goes to the channel as one; on its loop. */
final class Output {

  private static final int BATCH = 64 * 1024;
  private static final int COPIED = 8 * 1024;

  private final Channel channel;
  private ByteBuf batch;

  Output(Channel channel) {
    this.channel = channel;
  }

  private ByteBuf room(int bytes) {
    if (batch != null && batch.writableBytes() < bytes) {
      pass();
      batch.release();
      batch = null;
    }
    if (batch == null) {
      batch = channel.alloc().directBuffer(BATCH, BATCH);
    }
    return batch;
  }

  void write(byte kind, Sample sample) {
    Frames.write(room(Frames.MOST_SMALL), kind, sample);
  }

  /** Writes a copy of these bytes. */
  void copy(ByteBuf in, int index, int length) {
    room(length).writeBytes(in, index, length);
  }

  /** Writes header and bytes; the array must not change any more. */
  void write(Blob blob) {
    byte[] data = blob.data();
    if (data.length <= COPIED) {
      ByteBuf out = room(Frames.HEADER + data.length);
      Frames.writeHeader(out, blob);
      out.writeBytes(data);
      return;
    }
    Frames.writeHeader(room(Frames.HEADER), blob);
    pass();
    Frames.writePieces(channel, data);
  }

  private void pass() {
    if (batch.isReadable()) {
      channel.write(batch.readRetainedSlice(batch.readableBytes()), channel.voidPromise());
    }
  }

  void flush() {
    if (batch != null) {
      pass();
    }
    channel.flush();
    if (batch != null && batch.refCnt() == 1) {
      batch.clear();
    }
  }
}
