// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects small frames in a pooled buffer and gives that and larger pieces to the channel, in
 * order. Confined to the loop.
 */
final class FrameOutput {

  private final ChannelHandlerContext context;
  private final BatchBuffers buffers;

  /** What lies before its reader index was given to the channel as slices of it. */
  private @Nullable ByteBuf batch;

  private boolean closed;

  FrameOutput(ChannelHandlerContext context, BatchBuffers buffers) {
    this.context = context;
    this.buffers = buffers;
  }

  /**
   * Returns a buffer to write at most {@code bytes} more bytes to, now.
   *
   * @param bytes at most {@link BatchBuffers#SIZE}
   */
  ByteBuf room(int bytes) {
    ByteBuf current = batch;
    if (current != null && current.writableBytes() >= bytes) {
      return current;
    }
    if (current != null) {
      pass();
      buffers.giveBack(current);
    }
    current = buffers.take(context.alloc());
    batch = current;
    return current;
  }

  /** Gives what is collected to the channel. */
  void pass() {
    if (batch != null && batch.isReadable()) {
      context.write(batch.readRetainedSlice(batch.readableBytes()), context.voidPromise());
    }
  }

  /**
   * Gives bytes to the channel, after what is collected, without copying them.
   *
   * @param pieces the bytes
   * @param done runs on the loop when the channel no longer needs them, whatever came of it
   */
  void write(List<ByteBuffer> pieces, Runnable done) {
    pass();
    ByteBuf wrapped =
        Unpooled.wrappedBuffer(
            Math.max(2, pieces.size()), pieces.toArray(new ByteBuffer[pieces.size()]));
    ChannelPromise promise = context.newPromise();
    promise.addListener(
        (ChannelFutureListener)
            future -> {
              done.run();
              if (!future.isSuccess()) {
                context.pipeline().fireExceptionCaught(future.cause());
              }
            });
    context.write(wrapped, promise);
  }

  void flush() {
    if (!closed) {
      pass();
      context.flush();
      giveBackIfDone();
    }
  }

  private void giveBackIfDone() {
    if (batch != null && batch.refCnt() == 1) {
      // The channel is done with all of it.
      buffers.giveBack(batch);
      batch = null;
    }
  }

  boolean isOpen() {
    return !closed;
  }

  /** Gives the buffer back. Last. */
  void close() {
    closed = true;
    if (batch != null) {
      batch.release();
      batch = null;
    }
  }
}
