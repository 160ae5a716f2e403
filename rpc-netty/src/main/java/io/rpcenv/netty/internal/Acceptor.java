// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.rpcenv.netty.internal.channel.ServerHandshake;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Spreads accepted channels over the loops, round robin. Handler of the listening channel. */
final class Acceptor extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
  private static final long PAUSE_MILLIS = 1000;

  private final NettyTransport transport;

  Acceptor(NettyTransport transport) {
    this.transport = transport;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    SocketChannel channel = (SocketChannel) message;
    NettyLoop loop = transport.nextNettyLoop();
    NettyTransport.configure(channel);
    channel
        .pipeline()
        .addLast(
            new ServerHandshake(transport.env(), loop, opened -> loop.opened(channel, opened)));
    loop.execute(() -> register(channel, loop));
  }

  private static void register(SocketChannel channel, NettyLoop loop) {
    if (!loop.add(channel)) {
      channel.unsafe().closeForcibly();
      return;
    }
    loop.eventLoop()
        .register(channel)
        .addListener(
            (ChannelFutureListener)
                registered -> {
                  if (!registered.isSuccess()) {
                    channel.unsafe().closeForcibly();
                  }
                });
  }

  /** Out of file descriptors, mostly: to try again at once would spin. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.warn("[{}] accept failed, next try in [1 s]: {}", transport.envName(), cause.toString());
    if (ctx.channel().config().isAutoRead()) {
      ctx.channel().config().setAutoRead(false);
      ctx.executor()
          .schedule(
              () -> ctx.channel().config().setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
