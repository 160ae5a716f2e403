// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.rpcenv.bench.Blob;
import io.rpcenv.bench.Sample;
import java.util.function.Consumer;

/** Sends each frame back; reads one-way messages. */
class EchoServer extends FrameHandler {

  private final Consumer<Sample> sink;
  private Output output;

  EchoServer(Consumer<Sample> sink) {
    this.sink = sink;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    output = new Output(context.channel());
  }

  @Override
  void small(ChannelHandlerContext context, byte kind, ByteBuf frame, int end) {
    if (kind == Frames.SEND) {
      sink.accept(Frames.readSample(frame));
    } else {
      int start = frame.readerIndex() - 5;
      output.copy(frame, start, end - start);
    }
  }

  @Override
  void large(ChannelHandlerContext context, Blob blob) {
    output.write(blob);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    output.flush();
  }
}
