// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.scale;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.rpcenv.bench.Sample;
import io.rpcenv.bench.netty.ManyConnections;
import io.rpcenv.netty.internal.codec.FrameReader;
import io.rpcenv.netty.internal.codec.FrameWriter;
import io.rpcenv.netty.internal.codec.HandshakeFrame;
import io.rpcenv.netty.internal.codec.HandshakeReader;
import io.rpcenv.netty.internal.codec.HandshakeWriter;
import io.rpcenv.netty.internal.codec.ProtocolViolation;
import io.rpcenv.netty.internal.codec.WireFormat;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;
import io.rpcenv.serialization.PeerClasses;
import io.rpcenv.transport.ConnectionHandler;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A connection that plays an env of its own: handshake, announcements, asks to "echo". */
final class EnvAsker extends ChannelInboundHandlerAdapter
    implements ManyConnections.Asker, ConnectionHandler {

  private static final int MAX_MESSAGE = 128 << 20;
  private static final int BATCH = 1024;

  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final HandshakeReader handshake = new HandshakeReader();
  private final BenchCodec codec;
  private final PeerClasses peerClasses;
  private final EnvId id;
  private ChannelHandlerContext context;
  private FrameReader reader;
  private ManyConnections.Tally tally;
  private ByteBuf out;
  private long asked;
  private long answered;

  EnvAsker(BenchCodec codec, int number) {
    this.codec = codec;
    this.peerClasses = codec.newPeerClasses();
    this.id = new EnvId(0x62656e6368L, number);
  }

  @Override
  public CompletableFuture<Void> ready() {
    return ready;
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    context = active;
    ByteBuf hello = active.alloc().buffer();
    HandshakeWriter.magic(hello);
    HandshakeWriter.write(
        hello,
        new HandshakeFrame.Hello(
            WireFormat.VERSION_MIN,
            WireFormat.VERSION_MAX,
            WireFormat.PURPOSE_MESSAGES,
            id,
            "bench",
            Optional.empty(),
            MAX_MESSAGE,
            codec.serializerId(),
            0));
    active.writeAndFlush(hello);
  }

  @Override
  public void channelRead(ChannelHandlerContext unused, Object message) throws Exception {
    ByteBuf in = (ByteBuf) message;
    try {
      if (reader == null) {
        shakeHands(in);
      }
      if (reader != null) {
        reader.read(in);
      }
    } finally {
      in.release();
    }
  }

  private void shakeHands(ByteBuf in) throws ProtocolViolation {
    HandshakeFrame frame = handshake.read(in);
    if (frame == null) {
      return;
    }
    if (!(frame instanceof HandshakeFrame.Hello)) {
      throw new IllegalStateException("refused: " + frame);
    }
    reader =
        new FrameReader(
            context.alloc(), MAX_MESSAGE, codec.scratch(), codec::messageClass, this, ping -> {});
    ByteBuf first = room();
    HandshakeWriter.write(first, new HandshakeFrame.Ready());
    FrameWriter.classes(first, List.of(codec.sampleClass()));
    FrameWriter.endpoint(first, 1, "echo");
    flush();
    ready.complete(null);
  }

  @Override
  public void start(ManyConnections.Tally counts, int inFlight) {
    tally = counts;
    for (int i = 0; i < inFlight; i++) {
      ask();
    }
    flush();
  }

  private void ask() {
    if (!tally.ask()) {
      return;
    }
    EncodedMessage encoded = codec.encode(Sample.of(++asked));
    MessageBody body = encoded.body();
    ByteBuf to = room();
    int start = FrameWriter.begin(to, WireFormat.REQUEST);
    FrameWriter.request(to, asked, 1, "", encoded.messageClass());
    FrameWriter.end(to, start, body.size());
    to.writeBytes(body.array(), body.arrayOffset(), body.size());
    body.release();
  }

  private ByteBuf room() {
    if (out == null) {
      out = context.alloc().directBuffer(BATCH);
    }
    return out;
  }

  private void flush() {
    if (out != null) {
      context.writeAndFlush(out, context.voidPromise());
      out = null;
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext unused) {
    flush();
  }

  @Override
  public void reply(long callId, MessageClass type, MessageBody body, boolean transientBody) {
    Sample sample = (Sample) codec.decode(body, peerClasses);
    if (!transientBody) {
      body.release();
    }
    // The endpoint is serial: one answer for each ask, in their order.
    if (callId != ++answered || !sample.is(callId)) {
      failed(new IllegalStateException("asked " + callId + ", was answered " + sample));
      return;
    }
    tally.answered();
    ask();
  }

  private void failed(Throwable cause) {
    ready.completeExceptionally(cause);
    if (tally != null) {
      tally.fail(cause);
    }
    context.close();
  }

  @Override
  public void classDefined(MessageClass announced) {
    peerClasses.define(announced);
  }

  @Override
  public void failure(long callId, byte[] failure) {
    failed(new IllegalStateException("ask " + callId + " failed"));
  }

  @Override
  public void oneWay(String endpoint, MessageClass type, MessageBody body) {
    body.release();
    failed(new IllegalStateException("a one-way message that nobody sent"));
  }

  @Override
  public void request(long callId, String endpoint, MessageClass type, MessageBody body) {
    body.release();
    failed(new IllegalStateException("an ask that nobody made"));
  }

  @Override
  public void readEnd() {}

  @Override
  public void cancel(long callId) {}

  @Override
  public void writable() {}

  @Override
  public void closed(Throwable cause) {}

  @Override
  public void exceptionCaught(ChannelHandlerContext unused, Throwable cause) {
    failed(cause);
  }

  @Override
  public void channelInactive(ChannelHandlerContext unused) {
    if (reader != null) {
      reader.close();
    }
  }
}
