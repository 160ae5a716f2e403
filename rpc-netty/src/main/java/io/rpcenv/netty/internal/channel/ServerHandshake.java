// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.channel;

import io.netty.channel.ChannelHandlerContext;
import io.rpcenv.netty.internal.codec.HandshakeFrame;
import io.rpcenv.netty.internal.codec.HandshakeFrame.Hello;
import io.rpcenv.netty.internal.codec.HandshakeFrame.Ready;
import io.rpcenv.netty.internal.codec.HandshakeFrame.Refuse;
import io.rpcenv.netty.internal.codec.ProtocolViolation;
import io.rpcenv.netty.internal.codec.WireFormat;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The handshake of an accepted channel: HELLO comes, HELLO goes, READY comes. */
public final class ServerHandshake extends HandshakeHandler {

  private final Consumer<NettyConnection> opened;
  private @Nullable Hello theirs;

  /**
   * Creates the first handler of an accepted channel.
   *
   * @param opened gets a connection for messages before the env's acceptor
   */
  public ServerHandshake(ChannelEnv env, LoopContext loop, Consumer<NettyConnection> opened) {
    super(env, loop);
    this.opened = opened;
  }

  @Override
  @Nullable Handover handle(ChannelHandlerContext ctx, HandshakeFrame frame)
      throws ProtocolViolation {
    if (frame instanceof Hello hello && theirs == null) {
      hello(ctx, hello);
      return null;
    }
    if (frame instanceof Ready && theirs != null) {
      return theirs.purpose() == WireFormat.PURPOSE_STREAM ? stream(ctx) : messages(ctx, theirs);
    }
    if (frame instanceof Refuse refuse) {
      fail(ctx, "peer refused: " + refuse.reason());
    } else {
      fail(ctx, "handshake frames out of order");
    }
    return null;
  }

  private Handover messages(ChannelHandlerContext ctx, Hello peer) {
    NettyConnection connection =
        new NettyConnection(env, loop, peerInfo(ctx, peer), ctx, Optional.empty());
    return new Handover(
        connection,
        () -> {
          opened.accept(connection);
          env.settings().acceptor().accepted(connection);
        });
  }

  private Handover stream(ChannelHandlerContext ctx) {
    FileSender sender = new FileSender(env, ctx);
    return new Handover(sender, sender::start);
  }

  @Override
  boolean serves(int purpose) {
    return purpose == WireFormat.PURPOSE_MESSAGES || purpose == WireFormat.PURPOSE_STREAM;
  }

  private void hello(ChannelHandlerContext ctx, Hello hello) {
    Optional<Refuse> objection = objection(hello);
    if (objection.isPresent()) {
      refuse(ctx, objection.get(), true);
    } else {
      theirs = hello;
      write(ctx, true, env.hello(hello.purpose()));
      ctx.flush();
    }
  }

  /** A client declines by closing instead of READY; a probe of the port says nothing at all. */
  @Override
  boolean mayLeave() {
    return theirs != null || super.mayLeave();
  }

  @Override
  void failed(IOException cause) {}
}
