// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.rpcenv.bench.Sample;
import java.util.function.Consumer;

/** Sends each frame back, as one would write it with Netty's own frame decoder before it. */
final class CodecServer extends ChannelInboundHandlerAdapter {

  private static final int MOST_COPIED = 8 * 1024;

  private final Consumer<Sample> sink;

  CodecServer(Consumer<Sample> sink) {
    this.sink = sink;
  }

  /** Returns a decoder that copies together what belongs to small frames, and chains the large. */
  static LengthFieldBasedFrameDecoder decoder() {
    LengthFieldBasedFrameDecoder decoder =
        new LengthFieldBasedFrameDecoder(Integer.MAX_VALUE, 0, 4, 0, 4);
    decoder.setCumulator(
        (alloc, before, in) ->
            before.readableBytes() < MOST_COPIED
                ? ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(alloc, before, in)
                : ByteToMessageDecoder.COMPOSITE_CUMULATOR.cumulate(alloc, before, in));
    return decoder;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf frame = (ByteBuf) message;
    byte kind = frame.readByte();
    if (kind == Frames.SEND) {
      sink.accept(Frames.readSample(frame));
    } else if (kind == Frames.LARGE) {
      Frames.write(context, Frames.readBlob(frame));
    } else {
      ByteBuf reply = context.alloc().buffer(frame.readableBytes() + 5);
      reply.writeInt(frame.readableBytes() + 1).writeByte(kind).writeBytes(frame);
      context.write(reply, context.voidPromise());
    }
    frame.release();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }
}
