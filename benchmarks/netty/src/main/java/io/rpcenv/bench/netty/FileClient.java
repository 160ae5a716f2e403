// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A file that arrives, as one would read it on another thread: the loop hands buffers over through
 * a queue, the reader copies from them, and the channel reads no further while the queue holds
 * much.
 */
final class FileClient extends ChannelInboundHandlerAdapter implements ReadableByteChannel {

  private static final int HIGH = 1 << 20;
  private static final int LOW = HIGH / 2;
  private static final int PATIENCE_SECONDS = 30;

  /** Netty's own 64 KiB at most a read cost a tenth more processor time. */
  private static final int LARGEST_READ = 256 << 10;

  private final LinkedBlockingQueue<ByteBuf> queue = new LinkedBlockingQueue<>();
  private final AtomicLong queued = new AtomicLong();
  private volatile ChannelHandlerContext context;

  // The reader's
  private ByteBuf current = Unpooled.EMPTY_BUFFER;
  private long left = Long.MIN_VALUE;

  // On the loop

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    added
        .channel()
        .config()
        .setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(4096, 65536, LARGEST_READ));
  }

  @Override
  public void channelRead(ChannelHandlerContext unused, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (queued.addAndGet(bytes.readableBytes()) >= HIGH) {
      context.channel().config().setAutoRead(false);
    }
    queue.add(bytes);
  }

  @Override
  public void channelInactive(ChannelHandlerContext unused) {
    queue.add(Unpooled.EMPTY_BUFFER);
  }

  // On the reader's thread

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (left == Long.MIN_VALUE) {
      left = readLength();
    }
    if (left == 0) {
      return -1;
    }
    if (!current.isReadable()) {
      next();
    }
    int size = Math.min(current.readableBytes(), target.remaining());
    int limit = target.limit();
    current.readBytes(target.limit(target.position() + size));
    target.limit(limit);
    left -= size;
    return size;
  }

  private long readLength() throws IOException {
    next();
    if (current.readableBytes() < Long.BYTES) {
      throw new IOException("the length came in pieces"); // the first 8 bytes of a connection
    }
    return current.readLong();
  }

  /** Waits for bytes; what was current has been read. */
  private void next() throws IOException {
    current.release();
    try {
      current = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    if (current == null || !current.isReadable()) {
      current = Unpooled.EMPTY_BUFFER;
      throw new IOException("broke off with " + left + " bytes to come");
    }
    int size = current.readableBytes();
    long after = queued.addAndGet(-size);
    if (after <= LOW && after + size > LOW) {
      // There it comes after whatever it was stopped for.
      context.executor().execute(() -> context.channel().config().setAutoRead(true));
    }
  }

  @Override
  public boolean isOpen() {
    return context.channel().isOpen();
  }

  @Override
  public void close() {
    current.release();
    current = Unpooled.EMPTY_BUFFER;
    context.close();
  }
}
