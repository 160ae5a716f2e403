// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.rpcenv.bench.Blob;
import io.rpcenv.bench.Sample;

/**
 * The client's end of the connection, as one would write it with Netty's own frame decoder before
 * it: a buffer and a write for each message, a flush for each batch.
 */
final class CodecClient extends ChannelInboundHandlerAdapter implements Requests.Writer, Client {

  private ChannelHandlerContext context;
  private Requests requests;

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    requests = new Requests(added.channel().eventLoop(), this);
    added.pipeline().addFirst(CodecServer.decoder());
  }

  @Override
  public Requests requests() {
    return requests;
  }

  @Override
  public void write(byte kind, Object message) {
    if (kind == Frames.LARGE) {
      Frames.write(context, (Blob) message);
      return;
    }
    ByteBuf out = context.alloc().buffer(256);
    Frames.write(out, kind, (Sample) message);
    context.write(out, context.voidPromise());
  }

  @Override
  public void flush() {
    context.flush();
  }

  @Override
  public void channelRead(ChannelHandlerContext unused, Object message) {
    ByteBuf frame = (ByteBuf) message;
    byte kind = frame.readByte();
    Object reply = kind == Frames.LARGE ? Frames.readBlob(frame) : Frames.readSample(frame);
    frame.release();
    requests.answered(reply);
  }

  @Override
  public void channelInactive(ChannelHandlerContext unused) {
    requests.lost();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext unused, Throwable cause) {
    cause.printStackTrace();
    context.close();
  }
}
