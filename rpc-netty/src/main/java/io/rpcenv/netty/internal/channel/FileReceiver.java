// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannelConfig;
import io.rpcenv.netty.internal.codec.HandshakeFrame;
import io.rpcenv.netty.internal.codec.HandshakeWriter;
import io.rpcenv.netty.internal.codec.ProtocolViolation;
import io.rpcenv.netty.internal.codec.StreamFrameReader;
import io.rpcenv.netty.internal.codec.StreamFrameWriter;
import io.rpcenv.netty.internal.codec.WireFormat;
import io.rpcenv.transport.StreamInput;
import io.rpcenv.transport.StreamListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives the one file that its channel was opened for. Last handler of the pipeline. Confined to
 * the loop but for {@link #poll} and {@link #close()}.
 *
 * <p>The channel never reads by itself: a read follows the one before as long as the reader keeps
 * up, and otherwise the reader asks for it. So the kernel's buffers fill, and the sender stops.
 */
final class FileReceiver extends ChannelInboundHandlerAdapter
    implements Established, StreamInput, StreamFrameReader.Handler {

  private static final Logger LOG = LoggerFactory.getLogger(FileReceiver.class);

  private static final int SMALLEST_READ = 4 * 1024;
  private static final int FIRST_READ = 64 * 1024;
  private static final int LARGEST_READ = 256 * 1024;
  private static final int READS_IN_A_ROW = 4;

  /** What a slice costs beside the buffer that it is a part of. */
  private static final int SLICE_WEIGHT = 128;

  private final ChannelEnv env;
  private final ChannelHandlerContext context;
  private final StreamListener listener;
  private final StreamFrameReader reader = new StreamFrameReader(this);
  private final ReceivedBytes bytes = new ReceivedBytes();
  private @Nullable ByteBuf held;
  private boolean begun;
  private boolean ended;
  private long length;
  private long received;

  /** Memory of the buffer that is being read, until a part of it was handed over. */
  private int weight;

  FileReceiver(ChannelEnv env, ChannelHandlerContext handshake, StreamListener listener) {
    this.env = env;
    this.listener = listener;
    handshake.channel().config().setAutoRead(false);
    handshake.pipeline().addLast(this);
    this.context = handshake.pipeline().lastContext();
    handshake.pipeline().remove(handshake.handler());
  }

  /** Sets how a channel receives, before its first read. */
  static void configure(SocketChannelConfig config) {
    config.setRecvByteBufAllocator(
        new AdaptiveRecvByteBufAllocator(SMALLEST_READ, FIRST_READ, LARGEST_READ)
            .maxMessagesPerRead(READS_IN_A_ROW));
  }

  @Override
  public void hold(ByteBuf rest) {
    held = rest;
  }

  /** Asks for the file. */
  void start(String path) {
    ByteBuf out = context.alloc().buffer();
    HandshakeWriter.write(out, new HandshakeFrame.Ready());
    StreamFrameWriter.open(out, path);
    context.writeAndFlush(out, context.voidPromise());
    listener.connected(this);
    ByteBuf rest = held;
    held = null;
    if (rest != null) {
      channelRead(context, rest);
    }
    channelReadComplete(context);
  }

  // Any thread

  @Override
  public int poll(ByteBuffer target) throws IOException {
    return bytes.poll(target, () -> onLoop(this::readOn));
  }

  @Override
  public void close() {
    if (bytes.close()) {
      onLoop(context::close);
    }
  }

  private void onLoop(Runnable task) {
    try {
      context.executor().execute(task);
    } catch (RejectedExecutionException ended) {
      LOG.trace("loop has ended, and the channel with it");
    }
  }

  // What the channel tells

  private void readOn() {
    if (!ended && bytes.wantsMore()) {
      context.read();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    weight = in.capacity();
    try {
      if (!ended) {
        reader.read(in);
      }
    } catch (ProtocolViolation violation) {
      env.log()
          .warn(ctx.channel().remoteAddress(), "protocol violation: " + violation.getMessage());
      fail("protocol violation: " + violation.getMessage());
    } finally {
      in.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    wakeReader();
    readOn();
  }

  private void wakeReader() {
    if (bytes.takeReader()) {
      listener.readable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (held != null) {
      held.release();
      held = null;
    }
    fail("the connection was lost");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail(String.valueOf(cause.getMessage()));
  }

  @Override
  public void close(String reason) {
    fail(reason);
  }

  private void fail(String reason) {
    end(
        new IOException(
            begun ? reason + ", after [" + received + "] of [" + length + "] bytes" : reason));
  }

  private void end(IOException cause) {
    if (ended) {
      return;
    }
    ended = true;
    context.close();
    if (begun) {
      bytes.fail(cause);
      wakeReader();
    } else {
      listener.failed(cause);
    }
  }

  // What the other side says

  @Override
  public void begin(long declared) throws ProtocolViolation {
    if (begun) {
      throw StreamFrameReader.violation("second STREAM_BEGIN");
    }
    begun = true;
    length = declared;
    listener.begun(declared);
  }

  @Override
  public void data(ByteBuf part) throws ProtocolViolation {
    received += part.readableBytes();
    if (!begun || received > length) {
      throw StreamFrameReader.violation("bytes beyond the [" + length + "] of the file");
    }
    bytes.add(part.retain(), weight + SLICE_WEIGHT);
    weight = 0;
  }

  @Override
  public void end() throws ProtocolViolation {
    if (!begun || received != length) {
      throw StreamFrameReader.violation(
          "the end after [" + received + "] of [" + length + "] bytes");
    }
    ended = true;
    bytes.complete();
    wakeReader();
    context.close();
  }

  @Override
  public void error(int code, String text) {
    if (!begun && code == WireFormat.ERROR_NOT_FOUND) {
      ended = true;
      context.close();
      listener.missing();
    } else {
      fail("the other env says: " + text);
    }
  }
}
