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
import io.rpcenv.transport.Transport.ConnectListener;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The handshake of an opened channel: HELLO goes, HELLO comes; READY goes when the env goes on,
 * together with its first frames.
 */
public final class ClientHandshake extends HandshakeHandler {

  private final Consumer<NettyConnection> opened;
  private final ConnectListener listener;

  /**
   * Creates the first handler of a channel that is about to be connected.
   *
   * @param opened gets the connection before the listener
   * @param listener gets the outcome; whoever connects tells it when that fails
   */
  public ClientHandshake(
      ChannelEnv env,
      LoopContext loop,
      Consumer<NettyConnection> opened,
      ConnectListener listener) {
    super(env, loop);
    this.opened = opened;
    this.listener = listener;
  }

  @Override
  void begin(ChannelHandlerContext ctx) {
    write(ctx, true, env.hello());
    ctx.flush();
  }

  @Override
  @Nullable NettyConnection handle(ChannelHandlerContext ctx, HandshakeFrame frame) {
    if (frame instanceof Hello hello) {
      Optional<Refuse> objection = objection(hello);
      if (objection.isEmpty()) {
        return new NettyConnection(env, loop, peerInfo(ctx, hello), ctx, Optional.of(new Ready()));
      }
      refuse(ctx, objection.get(), false);
    } else if (frame instanceof Refuse refuse) {
      fail(ctx, "peer refused: " + refuse.reason());
    } else {
      fail(ctx, "handshake frames out of order");
    }
    return null;
  }

  @Override
  void completed(NettyConnection connection) {
    opened.accept(connection);
    listener.connected(connection);
  }

  @Override
  void failed(IOException cause) {
    listener.failed(cause);
  }
}
