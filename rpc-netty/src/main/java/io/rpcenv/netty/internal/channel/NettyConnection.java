// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.rpcenv.netty.internal.codec.FrameReader;
import io.rpcenv.netty.internal.codec.HandshakeFrame.Ready;
import io.rpcenv.netty.internal.codec.ProtocolViolation;
import io.rpcenv.netty.internal.codec.WireFormat;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.transport.Connection;
import io.rpcenv.transport.ConnectionHandler;
import io.rpcenv.transport.PeerInfo;
import io.rpcenv.transport.Target;
import io.rpcenv.transport.TransportLoop;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection whose handshake is complete on the peer's side. It is the last handler of its
 * channel's pipeline. Confined to its loop.
 *
 * <p>Until {@link #start} what comes is held and the channel is told not to read. Writability is
 * told by a task of its own, never from within a call of the core, and before the next chunk of a
 * large message goes out, so that small messages pass between chunks.
 */
public final class NettyConnection extends ChannelInboundHandlerAdapter
    implements Connection, Established {

  /*
   * Why this is one class. It is where the core's calls and the channel's callbacks meet, and all it
   * does is to put them in order: nothing is read before the start, nothing is told after the end, and
   * what was read is handed over before the end is told. Frames, chunks and buffers are elsewhere.
   */

  private static final Logger LOG = LoggerFactory.getLogger(NettyConnection.class);

  private final ChannelEnv env;
  private final LoopContext loop;
  private final PeerInfo peer;
  private final ChannelHandlerContext context;
  private final FrameOutput output;
  private final FrameQueue frames;
  private final LargeMessages large;
  private final Optional<Ready> ready;
  private final Target noTarget = new Target("");
  private final Deque<ByteBuf> held = new ArrayDeque<>();

  private @Nullable ConnectionHandler handler;
  private @Nullable FrameReader reader;
  private @Nullable Throwable closeCause;
  private boolean reading;
  private boolean toldFull;
  private boolean wakeUpQueued;
  private boolean closing;
  private boolean draining;
  private boolean gone;
  private boolean ended;

  /**
   * Creates a connection and makes it the handler of its channel.
   *
   * @param context of the handshake's handler, which it replaces
   * @param ready what the handshake still lacks of this side; goes out before the first frame
   */
  NettyConnection(
      ChannelEnv env,
      LoopContext loop,
      PeerInfo peer,
      ChannelHandlerContext context,
      Optional<Ready> ready) {
    this.env = env;
    this.loop = loop;
    this.peer = peer;
    this.ready = ready;
    context.channel().config().setAutoRead(false);
    context.pipeline().addLast(this);
    this.context = context.pipeline().lastContext();
    context.pipeline().remove(context.handler());
    this.output = new FrameOutput(this.context, loop.batches());
    this.frames = new FrameQueue(output, env.nextSerial(), env.settings().classes());
    this.large = new LargeMessages(context.channel(), frames, env.chunkSize());
  }

  @Override
  public PeerInfo peer() {
    return peer;
  }

  @Override
  public TransportLoop loop() {
    return loop.loop();
  }

  @Override
  public void start(ConnectionHandler connectionHandler) {
    assert loop.loop().inLoop();
    if (handler != null) {
      throw new IllegalStateException("connection: [" + peer + "] (expected: not yet started)");
    }
    handler = connectionHandler;
    reader =
        new FrameReader(
            context.alloc(),
            env.maxMessageSize(),
            loop.scratch(),
            env.settings().classes(),
            connectionHandler,
            this::pong);
    if (!gone) {
      ready.ifPresent(frames::handshake);
    }
    context.executor().execute(gone ? this::end : this::beginReading);
  }

  /** A peer that pings but does not read gets no answers piled up. */
  private void pong(long token) {
    if (context.channel().isWritable()) {
      frames.pong(token);
    }
  }

  @Override
  public boolean isWritable() {
    boolean writable = context.channel().isWritable() && large.acceptsMore();
    toldFull |= !writable;
    return writable;
  }

  @Override
  public void writeOneWay(Target target, EncodedMessage message) {
    write(WireFormat.ONE_WAY, 0, target, message);
  }

  @Override
  public void writeRequest(long callId, Target target, EncodedMessage message) {
    write(WireFormat.REQUEST, callId, target, message);
  }

  @Override
  public void writeReply(long callId, EncodedMessage message) {
    write(WireFormat.REPLY, callId, noTarget, message);
  }

  private void write(int type, long callId, Target target, EncodedMessage message) {
    assert loop.loop().inLoop();
    if (closing) {
      message.body().release();
    } else if (message.body().size() > env.chunkSize()
        || (type != WireFormat.REPLY && large.holdsBack(target.name()))) {
      large.add(new Outgoing(type, callId, target, message));
    } else {
      frames.message(type, callId, target, message);
    }
  }

  @Override
  public void writeFailure(long callId, byte[] failure) {
    if (!closing) {
      frames.failure(callId, failure);
    }
  }

  @Override
  public boolean writeCancel(long callId) {
    if (closing) {
      return false;
    }
    boolean withdrawn = large.cancel(callId);
    if (!withdrawn) {
      frames.cancel(callId);
    }
    return withdrawn;
  }

  @Override
  public void flush() {
    assert loop.loop().inLoop();
    if (closing) {
      return;
    }
    output.pass();
    large.pump();
    output.flush();
    if (toldFull && context.channel().isWritable() && large.acceptsMore()) {
      wakeUpLater();
    }
    if (draining && large.isIdle()) {
      finish();
    }
  }

  @Override
  public void close(String reason) {
    assert loop.loop().inLoop();
    close(new IOException(describe(reason)));
  }

  /**
   * Closes the connection when what was written has left.
   *
   * @param reason for the log
   */
  public void closeWhenWritten(String reason) {
    assert loop.loop().inLoop();
    if (closing || draining) {
      return;
    }
    if (closeCause == null) {
      closeCause = new IOException(describe(reason));
    }
    draining = true;
    flush();
  }

  private void finish() {
    draining = false;
    context
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener((ChannelFutureListener) done -> close(new IOException(describe("closed"))));
  }

  private void close(Throwable cause) {
    if (closing) {
      return;
    }
    if (closeCause == null) {
      closeCause = cause;
    }
    output.flush();
    closing = true;
    LOG.debug("[{}] {}", env.settings().envName(), cause.getMessage());
    if (gone && handler == null) {
      end();
    } else {
      context.close();
    }
  }

  private String describe(String reason) {
    return "connection with [" + peer.displayAddress() + "] closed: " + reason;
  }

  // What the channel tells.

  @Override
  public void hold(ByteBuf rest) {
    if (rest.isReadable()) {
      held.add(rest);
    } else {
      rest.release();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    loop.awake();
    if (reading) {
      read((ByteBuf) message);
    } else {
      held.add((ByteBuf) message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    output.flush();
  }

  private void beginReading() {
    if (reading) {
      return;
    }
    reading = true;
    for (ByteBuf first = held.poll(); first != null; first = held.poll()) {
      read(first);
    }
    if (!gone) {
      flush();
      context.channel().config().setAutoRead(true);
    }
  }

  private void read(ByteBuf in) {
    FrameReader current = reader;
    try {
      if (current != null) {
        current.read(in);
      }
    } catch (ProtocolViolation violation) {
      broken();
      LOG.warn(
          "[{}] closed connection with [{}]: protocol violation: {}",
          env.settings().envName(),
          peer.displayAddress(),
          violation.getMessage());
      close(new IOException(describe("protocol violation: " + violation.getMessage())));
    } catch (Throwable fault) {
      broken();
      LOG.error(
          "[{}] closed connection with [{}]: a frame could not be handled",
          env.settings().envName(),
          peer.displayAddress(),
          fault);
      close(new IOException(describe("a frame could not be handled: " + fault), fault));
    } finally {
      in.release();
      if (handler != null) {
        handler.readEnd();
      }
    }
  }

  /** After a fault nothing more can be read: where the next frame begins is not known. */
  private void broken() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) {
      wakeUpLater();
    }
  }

  private void wakeUpLater() {
    if (!wakeUpQueued && (toldFull || !large.isIdle() || draining)) {
      wakeUpQueued = true;
      context.executor().execute(this::wakeUp);
    }
  }

  private void wakeUp() {
    wakeUpQueued = false;
    if (closing) {
      return;
    }
    if (toldFull && handler != null && isWritable()) {
      toldFull = false;
      try {
        handler.writable();
      } catch (Throwable fault) {
        LOG.error("[{}] writable() failed", env.settings().envName(), fault);
        close(new IOException(describe("a callback failed: " + fault), fault));
      }
    }
    flush();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    gone = true;
    if (handler != null || closing) {
      end();
    }
  }

  /** After the channel's end. What came before it waits for a late start. */
  private void end() {
    if (ended) {
      return;
    }
    ended = true;
    if (handler != null) {
      beginReading();
    }
    closing = true;
    large.close(this::unsent);
    output.close();
    broken();
    held.forEach(ByteBuf::release);
    held.clear();
    if (handler != null) {
      tellClosed(handler);
    }
  }

  /**
   * Gives back a message of which nothing has left; nobody waits for a reply on this connection.
   */
  private void unsent(Outgoing message) {
    if (handler == null || !message.ordered()) {
      message.message().body().release();
    } else if (message.type() == WireFormat.REQUEST) {
      handler.unsentRequest(message.callId(), message.target(), message.message());
    } else {
      handler.unsentOneWay(message.target(), message.message());
    }
  }

  private void tellClosed(ConnectionHandler told) {
    Throwable cause = closeCause != null ? closeCause : new IOException(describe("by the peer"));
    try {
      told.closed(cause);
    } catch (Throwable fault) {
      LOG.error("[{}] closed() failed", env.settings().envName(), fault);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    close(new IOException(describe(String.valueOf(cause.getMessage())), cause));
  }
}
