// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import io.rpcenv.RpcAddress;
import io.rpcenv.netty.internal.codec.HandshakeFrame;
import io.rpcenv.netty.internal.codec.HandshakeFrame.Hello;
import io.rpcenv.netty.internal.codec.HandshakeFrame.Refuse;
import io.rpcenv.netty.internal.codec.HandshakeReader;
import io.rpcenv.netty.internal.codec.HandshakeWriter;
import io.rpcenv.netty.internal.codec.ProtocolViolation;
import io.rpcenv.netty.internal.codec.WireFormat;
import io.rpcenv.transport.PeerInfo;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What both sides of a handshake have in common: its bytes, its deadline, and how it fails. First
 * handler of a channel; gives way to an {@link Established}. Confined to the loop.
 */
abstract class HandshakeHandler extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(HandshakeHandler.class);

  private final HandshakeReader reader = new HandshakeReader();
  final ChannelEnv env;
  final LoopContext loop;
  private @Nullable Future<?> deadline;
  private boolean done;

  HandshakeHandler(ChannelEnv env, LoopContext loop) {
    this.env = env;
    this.loop = loop;
  }

  /**
   * Takes a frame.
   *
   * @return what takes the channel over when this side's part is over, else null
   */
  abstract @Nullable Handover handle(ChannelHandlerContext ctx, HandshakeFrame frame)
      throws ProtocolViolation;

  /** Returns whether this side talks to one that came for this. */
  abstract boolean serves(int purpose);

  /** Tells that there will be no connection; runs at most once, the channel is closed then. */
  abstract void failed(IOException cause);

  @Override
  public final void handlerAdded(ChannelHandlerContext ctx) {
    deadline =
        ctx.executor()
            .schedule(() -> expired(ctx), env.handshakeTimeout().toNanos(), TimeUnit.NANOSECONDS);
    begin(ctx);
  }

  /** Runs first. */
  void begin(ChannelHandlerContext ctx) {}

  @Override
  public final void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      while (!done) {
        HandshakeFrame frame = reader.read(in);
        if (frame == null) {
          return;
        }
        Handover handover = handle(ctx, frame);
        if (handover != null) {
          end();
          handover.connection().hold(in.readRetainedSlice(in.readableBytes()));
          complete(ctx, handover);
        }
      }
    } catch (ProtocolViolation violation) {
      fail(ctx, String.valueOf(violation.getMessage()));
    } finally {
      in.release();
    }
  }

  private void complete(ChannelHandlerContext ctx, Handover handover) {
    try {
      handover.completed().run();
    } catch (Throwable fault) {
      LOG.error(
          "[{}] closed connection with [{}]: a callback failed",
          env.settings().envName(),
          PeerLog.text(ctx.channel().remoteAddress()),
          fault);
      handover.connection().close("a callback failed: " + fault);
    }
  }

  private void expired(ChannelHandlerContext ctx) {
    String got = reader.started() ? "begun but not complete" : "not begun";
    fail(
        ctx,
        "handshake "
            + got
            + " after ["
            + env.handshakeTimeout().toMillis()
            + " ms] (rpc.handshake.timeout)");
  }

  /** Closes the channel with one log line. */
  final void fail(ChannelHandlerContext ctx, String reason) {
    if (end()) {
      env.log().warn(ctx.channel().remoteAddress(), reason);
      ctx.close();
      failed(cause(ctx, reason));
    }
  }

  /** Tells the peer why, then closes the channel with one log line. */
  final void refuse(ChannelHandlerContext ctx, Refuse refuse, boolean magic) {
    if (end()) {
      env.log().warn(ctx.channel().remoteAddress(), refuse.reason());
      ByteBuf out = ctx.alloc().buffer();
      if (magic) {
        HandshakeWriter.magic(out);
      }
      HandshakeWriter.write(out, refuse);
      ctx.writeAndFlush(out).addListener(ChannelFutureListener.CLOSE);
      failed(cause(ctx, refuse.reason()));
    }
  }

  @Override
  public final void channelInactive(ChannelHandlerContext ctx) {
    lost(ctx, "peer left before the handshake was complete");
  }

  @Override
  public final void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    lost(ctx, String.valueOf(cause.getMessage()));
  }

  /** Returns whether the peer may leave here without a word. */
  boolean mayLeave() {
    return !reader.started();
  }

  private void lost(ChannelHandlerContext ctx, String reason) {
    if (!mayLeave()) {
      fail(ctx, reason);
    } else if (end()) {
      ctx.close();
      failed(cause(ctx, reason));
    }
  }

  private boolean end() {
    if (done) {
      return false;
    }
    done = true;
    if (deadline != null) {
      deadline.cancel(false);
    }
    return true;
  }

  private static IOException cause(ChannelHandlerContext ctx, String reason) {
    return new IOException(
        "handshake with [" + PeerLog.text(ctx.channel().remoteAddress()) + "] failed: " + reason);
  }

  /** Returns why a peer cannot be talked to, if so. */
  final Optional<Refuse> objection(Hello theirs) {
    Hello ours = env.hello(theirs.purpose());
    if (theirs.minVersion() > ours.maxVersion() || theirs.maxVersion() < ours.minVersion()) {
      return Optional.of(
          new Refuse(
              WireFormat.REFUSE_VERSION,
              "wire version ["
                  + range(theirs)
                  + "] of the one side, ["
                  + range(ours)
                  + "] of the other"));
    }
    if (!serves(theirs.purpose())) {
      return Optional.of(
          new Refuse(WireFormat.REFUSE_PURPOSE, "unknown purpose [" + theirs.purpose() + "]"));
    }
    if (!theirs.serializerId().equals(ours.serializerId())) {
      return Optional.of(
          new Refuse(
              WireFormat.REFUSE_SERIALIZER,
              "serializer ["
                  + theirs.serializerId()
                  + "] of env ["
                  + theirs.envName()
                  + "], ["
                  + ours.serializerId()
                  + "] of env ["
                  + ours.envName()
                  + "]"));
    }
    return Optional.empty();
  }

  private static String range(Hello hello) {
    return hello.minVersion() + ".." + hello.maxVersion();
  }

  static PeerInfo peerInfo(ChannelHandlerContext ctx, Hello hello) {
    InetSocketAddress remote = (InetSocketAddress) ctx.channel().remoteAddress();
    return new PeerInfo(
        hello.envId(),
        hello.envName(),
        hello.address(),
        RpcAddress.of(remote.getAddress().getHostAddress(), remote.getPort()),
        hello.maxMessageSize());
  }

  static void write(ChannelHandlerContext ctx, boolean magic, HandshakeFrame frame) {
    ByteBuf out = ctx.alloc().buffer();
    if (magic) {
      HandshakeWriter.magic(out);
    }
    HandshakeWriter.write(out, frame);
    ctx.write(out, ctx.voidPromise());
  }
}
