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
   * @param opened gets the connection before the env's acceptor
   */
  public ServerHandshake(ChannelEnv env, LoopContext loop, Consumer<NettyConnection> opened) {
    super(env, loop);
    this.opened = opened;
  }

  @Override
  @Nullable NettyConnection handle(ChannelHandlerContext ctx, HandshakeFrame frame)
      throws ProtocolViolation {
    if (frame instanceof Hello hello && theirs == null) {
      hello(ctx, hello);
      return null;
    }
    if (frame instanceof Ready && theirs != null) {
      return new NettyConnection(env, loop, peerInfo(ctx, theirs), ctx, Optional.empty());
    }
    if (frame instanceof Refuse refuse) {
      fail(ctx, "peer refused: " + refuse.reason());
    } else {
      fail(ctx, "handshake frames out of order");
    }
    return null;
  }

  private void hello(ChannelHandlerContext ctx, Hello hello) {
    Optional<Refuse> objection = objection(hello);
    if (objection.isPresent()) {
      refuse(ctx, objection.get(), true);
    } else {
      theirs = hello;
      write(ctx, true, env.hello());
      ctx.flush();
    }
  }

  @Override
  void completed(NettyConnection connection) {
    opened.accept(connection);
    env.settings().acceptor().accepted(connection);
  }

  @Override
  void failed(IOException cause) {}
}
