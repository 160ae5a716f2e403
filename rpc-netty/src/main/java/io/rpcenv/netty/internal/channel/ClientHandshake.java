// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.channel;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;
import io.rpcenv.netty.internal.codec.HandshakeFrame;
import io.rpcenv.netty.internal.codec.HandshakeFrame.Hello;
import io.rpcenv.netty.internal.codec.HandshakeFrame.Ready;
import io.rpcenv.netty.internal.codec.HandshakeFrame.Refuse;
import io.rpcenv.netty.internal.codec.WireFormat;
import io.rpcenv.transport.StreamListener;
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

  private final int purpose;
  private final Acceptance acceptance;
  private final Consumer<IOException> failure;

  private ClientHandshake(
      ChannelEnv env,
      LoopContext loop,
      int purpose,
      Acceptance acceptance,
      Consumer<IOException> failure) {
    super(env, loop);
    this.purpose = purpose;
    this.acceptance = acceptance;
    this.failure = failure;
  }

  /**
   * Creates the first handler of a channel for messages that has been connected.
   *
   * @param opened gets the connection before the listener
   * @param listener gets the outcome; whoever connects tells it when that fails
   */
  public static ClientHandshake forMessages(
      ChannelEnv env,
      LoopContext loop,
      Consumer<NettyConnection> opened,
      ConnectListener listener) {
    return new ClientHandshake(
        env,
        loop,
        WireFormat.PURPOSE_MESSAGES,
        (ctx, hello) -> {
          NettyConnection connection =
              new NettyConnection(env, loop, peerInfo(ctx, hello), ctx, Optional.of(new Ready()));
          return new Handover(
              connection,
              () -> {
                opened.accept(connection);
                listener.connected(connection);
              });
        },
        listener::failed);
  }

  /**
   * Creates the first handler of a channel for one file that has been connected.
   *
   * @param channel the channel; its way of receiving is set here
   * @param path what to open
   * @param listener gets the outcome; whoever connects tells it when that fails
   */
  public static ClientHandshake forStream(
      ChannelEnv env,
      LoopContext loop,
      SocketChannel channel,
      String path,
      StreamListener listener) {
    FileReceiver.configure(channel.config());
    return new ClientHandshake(
        env,
        loop,
        WireFormat.PURPOSE_STREAM,
        (ctx, hello) -> {
          FileReceiver receiver = new FileReceiver(env, ctx, listener);
          return new Handover(receiver, () -> receiver.start(path));
        },
        listener::failed);
  }

  @Override
  void begin(ChannelHandlerContext ctx) {
    write(ctx, true, env.hello(purpose));
    ctx.flush();
  }

  @Override
  boolean serves(int theirs) {
    return theirs == purpose;
  }

  @Override
  @Nullable Handover handle(ChannelHandlerContext ctx, HandshakeFrame frame) {
    if (frame instanceof Hello hello) {
      Optional<Refuse> objection = objection(hello);
      if (objection.isEmpty()) {
        return acceptance.take(ctx, hello);
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
  void failed(IOException cause) {
    failure.accept(cause);
  }

  /** Makes what takes the channel over. */
  @FunctionalInterface
  private interface Acceptance {

    Handover take(ChannelHandlerContext ctx, Hello theirs);
  }
}
