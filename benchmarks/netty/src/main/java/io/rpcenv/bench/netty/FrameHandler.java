// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.rpcenv.bench.Blob;

/**
 * Cuts what arrives into frames. Small ones are handed on where they lie; the bytes of a large one
 * go straight from the receive buffer into its array.
 */
abstract class FrameHandler extends ChannelInboundHandlerAdapter {

  private ByteBuf rest;
  private byte[] large;
  private int filled;
  private long largeId;

  /** Handles a small frame; the buffer stands after its kind and ends with it. */
  abstract void small(ChannelHandlerContext context, byte kind, ByteBuf frame, int end);

  abstract void large(ChannelHandlerContext context, Blob blob);

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    rest = context.alloc().buffer(1024);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    rest.release();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      if (rest.isReadable()) {
        complete(context, in);
      }
      read(context, in);
      rest.writeBytes(in);
    } finally {
      in.release();
    }
  }

  /** Moves as many bytes over to the rest as its first frame needs, and reads that. */
  private void complete(ChannelHandlerContext context, ByteBuf in) {
    move(in, Frames.HEADER);
    if (rest.readableBytes() >= Frames.HEADER) {
      int length = rest.getInt(rest.readerIndex()) + 4;
      move(in, isLarge(rest) ? Frames.HEADER : length);
      read(context, rest);
    }
    if (!rest.isReadable()) {
      rest.clear();
    }
  }

  private void move(ByteBuf in, int upTo) {
    rest.writeBytes(in, Math.min(in.readableBytes(), Math.max(0, upTo - rest.readableBytes())));
  }

  private static boolean isLarge(ByteBuf in) {
    return in.getByte(in.readerIndex() + 4) == Frames.LARGE;
  }

  private void read(ChannelHandlerContext context, ByteBuf in) {
    while (true) {
      if (large != null) {
        fill(context, in);
        if (large != null) {
          return;
        }
      }
      if (in.readableBytes() < Frames.HEADER) {
        return;
      }
      int start = in.readerIndex();
      int length = in.getInt(start);
      if (isLarge(in)) {
        large = new byte[length - 9];
        filled = 0;
        largeId = in.getLong(start + 5);
        in.skipBytes(Frames.HEADER);
      } else if (in.readableBytes() < length + 4) {
        return;
      } else {
        in.skipBytes(5);
        small(context, in.getByte(start + 4), in, start + 4 + length);
        in.readerIndex(start + 4 + length);
      }
    }
  }

  private void fill(ChannelHandlerContext context, ByteBuf in) {
    int count = Math.min(in.readableBytes(), large.length - filled);
    in.readBytes(large, filled, count);
    filled += count;
    if (filled == large.length) {
      Blob blob = new Blob(largeId, large);
      large = null;
      large(context, blob);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    cause.printStackTrace();
    context.close();
  }
}
