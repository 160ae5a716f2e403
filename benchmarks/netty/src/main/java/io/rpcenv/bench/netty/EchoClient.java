// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.rpcenv.bench.Blob;
import io.rpcenv.bench.Sample;

/** The client's end of the connection, with frames cut and collected by hand. */
final class EchoClient extends FrameHandler implements Requests.Writer, Client {

  private Output output;
  private Requests requests;

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    super.handlerAdded(added);
    output = new Output(added.channel());
    requests = new Requests(added.channel().eventLoop(), this);
  }

  @Override
  public Requests requests() {
    return requests;
  }

  @Override
  public void write(byte kind, Object message) {
    if (kind == Frames.LARGE) {
      output.write((Blob) message);
    } else {
      output.write(kind, (Sample) message);
    }
  }

  @Override
  public void flush() {
    output.flush();
  }

  @Override
  void small(ChannelHandlerContext unused, byte kind, ByteBuf frame, int end) {
    requests.answered(Frames.readSample(frame));
  }

  @Override
  void large(ChannelHandlerContext unused, Blob blob) {
    requests.answered(blob);
  }

  @Override
  public void channelInactive(ChannelHandlerContext unused) {
    requests.lost();
  }
}
