// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import io.rpcenv.netty.internal.codec.ProtocolViolation;
import io.rpcenv.netty.internal.codec.StreamFrameReader;
import io.rpcenv.netty.internal.codec.StreamFrameWriter;
import io.rpcenv.netty.internal.codec.WireFormat;
import io.rpcenv.transport.StreamFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the one file that its channel was opened for, then closes the channel. Last handler of the
 * pipeline. Confined to the loop.
 *
 * <p>At most two pieces are in the channel at a time, and each turn of the loop gives it no more:
 * what a file takes here does not depend on its size, nor on whether the other side reads. The loop
 * may wait for the disk where a piece is not in the page cache.
 */
final class FileSender extends ChannelInboundHandlerAdapter
    implements Established, StreamFrameReader.Handler {

  private static final Logger LOG = LoggerFactory.getLogger(FileSender.class);
  private static final int MAX_IN_CHANNEL = 2;

  /** More than any frame but the bytes of the file takes. */
  private static final int FRAME_ROOM = 64;

  private final ChannelEnv env;
  private final ChannelHandlerContext context;
  private final FilePieces pieces;
  private final StreamFrameReader reader = new StreamFrameReader(this);
  private @Nullable ByteBuf held;
  private @Nullable Future<?> deadline;
  private @Nullable StreamFile file;
  private boolean asked;
  private boolean closed;
  private long position;
  private int inChannel;

  FileSender(ChannelEnv env, ChannelHandlerContext handshake) {
    this.env = env;
    this.pieces = env.pieces();
    handshake.pipeline().addLast(this);
    this.context = handshake.pipeline().lastContext();
    handshake.pipeline().remove(handshake.handler());
  }

  @Override
  public void hold(ByteBuf rest) {
    held = rest;
  }

  /** Begins to read. */
  void start() {
    deadline =
        context
            .executor()
            .schedule(this::expired, env.handshakeTimeout().toNanos(), TimeUnit.NANOSECONDS);
    ByteBuf rest = held;
    held = null;
    if (rest != null) {
      channelRead(context, rest);
    }
  }

  private void expired() {
    violation(
        "no file asked for after ["
            + env.handshakeTimeout().toMillis()
            + " ms] (rpc.handshake.timeout)");
  }

  private void violation(String text) {
    if (!closed) {
      env.log().warn(context.channel().remoteAddress(), text);
      close(text);
    }
  }

  @Override
  public void close(String reason) {
    LOG.debug("[{}] file connection closed: {}", env.settings().envName(), reason);
    context.close();
  }

  // What the channel tells

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      if (!closed) {
        reader.read(in);
      }
    } catch (ProtocolViolation broken) {
      violation("protocol violation: " + broken.getMessage());
    } finally {
      in.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closed = true;
    cancelDeadline();
    if (held != null) {
      held.release();
      held = null;
    }
    closeFile();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    close(String.valueOf(cause.getMessage()));
  }

  private void cancelDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  private void closeFile() {
    StreamFile open = file;
    file = null;
    if (open != null) {
      close(open);
    }
  }

  private void close(StreamFile open) {
    try {
      open.close();
    } catch (IOException e) {
      LOG.debug("[{}] closing a served file failed", env.settings().envName(), e);
    }
  }

  // Opening

  @Override
  public void open(String path) throws ProtocolViolation {
    if (asked) {
      throw StreamFrameReader.violation("second STREAM_OPEN");
    }
    asked = true;
    cancelDeadline();
    try {
      env.openers().execute(() -> openNow(path));
    } catch (RejectedExecutionException e) {
      fail(WireFormat.ERROR_FAILED, "too many files are being opened, or the env has stopped");
    }
  }

  /** Runs on a thread that may block. */
  private void openNow(String path) {
    try {
      StreamFile opened = env.settings().files().open(path);
      if (!onLoop(() -> opened(opened))) {
        close(opened);
      }
    } catch (NoSuchFileException e) {
      LOG.debug("[{}] no such file: [{}]", env.settings().envName(), path);
      onLoop(() -> fail(WireFormat.ERROR_NOT_FOUND, "no such file"));
    } catch (Throwable e) {
      LOG.warn("[{}] cannot open [{}]", env.settings().envName(), path, e);
      onLoop(() -> fail(WireFormat.ERROR_FAILED, "the file cannot be opened"));
    }
  }

  private boolean onLoop(Runnable task) {
    try {
      context.executor().execute(task);
      return true;
    } catch (RejectedExecutionException ended) {
      return false;
    }
  }

  private void opened(StreamFile opened) {
    if (closed) {
      close(opened);
      return;
    }
    file = opened;
    write(out -> StreamFrameWriter.begin(out, opened.length()));
    pump();
  }

  // Sending

  private void pump() {
    StreamFile current = file;
    if (closed || current == null) {
      return;
    }
    try {
      while (inChannel < MAX_IN_CHANNEL && position < current.length()) {
        writePiece(current);
      }
      if (inChannel == 0) {
        current.requireUnchanged();
        finish(StreamFrameWriter::end);
      } else {
        context.flush();
      }
    } catch (IOException e) {
      LOG.warn(
          "[{}] file for [{}] broke off: {}",
          env.settings().envName(),
          PeerLog.text(context.channel().remoteAddress()),
          e.getMessage());
      fail(WireFormat.ERROR_FAILED, String.valueOf(e.getMessage()));
    } catch (Throwable fault) {
      LOG.error("[{}] a file could not be sent", env.settings().envName(), fault);
      close(fault.toString());
    }
  }

  private void writePiece(StreamFile current) throws IOException {
    int size = (int) Math.min(pieces.maxSize(), current.length() - position);
    if (current.channel().size() < position + size) {
      current.requireUnchanged();
    }
    Object piece = pieces.piece(context.alloc(), current.channel(), position, size);
    write(out -> StreamFrameWriter.data(out, size));
    position += size;
    inChannel++;
    context.write(piece).addListener((ChannelFutureListener) this::left);
  }

  /** The next piece goes in a turn of its own, so that other connections get theirs. */
  private void left(ChannelFuture written) {
    inChannel--;
    if (written.isSuccess()) {
      onLoop(this::pump);
    } else {
      close(String.valueOf(written.cause()));
    }
  }

  private void fail(int code, String text) {
    if (!closed) {
      finish(out -> StreamFrameWriter.error(out, code, text));
    }
  }

  /** Writes the last frame; the channel closes behind it. */
  private void finish(Consumer<ByteBuf> last) {
    closeFileAfterPieces();
    ByteBuf out = context.alloc().buffer(FRAME_ROOM);
    last.accept(out);
    context.writeAndFlush(out).addListener(ChannelFutureListener.CLOSE);
  }

  private void closeFileAfterPieces() {
    if (inChannel == 0) {
      closeFile();
    }
    closed = true; // channelInactive closes the file that pieces still need
  }

  private void write(Consumer<ByteBuf> frame) {
    ByteBuf out = context.alloc().buffer(FRAME_ROOM);
    frame.accept(out);
    context.write(out, context.voidPromise());
  }
}
