// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import io.rpcenv.RpcAddress;
import io.rpcenv.transport.Transport.ConnectListener;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One attempt to connect: resolve, connect, hand over to the handshake. Confined to its loop. */
final class ConnectAttempt {

  private final NettyTransport transport;
  private final NettyLoop loop;
  private final RpcAddress address;
  private final ConnectListener listener;
  private final Function<SocketChannel, ChannelHandler> handshake;
  private final long timeoutNanos;
  private final long begun = System.nanoTime();

  /**
   * Creates an attempt.
   *
   * @param listener hears of it up to the connect; then the handshake does
   * @param handshake makes the first handler of the connected channel
   */
  ConnectAttempt(
      NettyTransport transport,
      NettyLoop loop,
      RpcAddress address,
      ConnectListener listener,
      Function<SocketChannel, ChannelHandler> handshake,
      long timeoutNanos) {
    this.transport = transport;
    this.loop = loop;
    this.address = address;
    this.listener = listener;
    this.handshake = handshake;
    this.timeoutNanos = timeoutNanos;
  }

  /** Begins; on the loop. */
  void run() {
    CompletableFuture<InetAddress> resolved = transport.resolve(address.host());
    if (!resolved.isDone()) {
      Future<?> deadline =
          loop.eventLoop()
              .schedule(
                  () ->
                      resolved.completeExceptionally(
                          new SocketTimeoutException("no answer " + after())),
                  timeoutNanos,
                  TimeUnit.NANOSECONDS);
      resolved.whenComplete((host, fault) -> deadline.cancel(false));
    }
    resolved.whenComplete((host, fault) -> loop.execute(() -> resolved(host, fault)));
  }

  private void resolved(@Nullable InetAddress host, @Nullable Throwable fault) {
    if (host != null) {
      listener.resolved();
      connect(host);
    } else if (fault instanceof UnknownHostException) {
      fail(new UnknownHostException("unknown host [" + address.host() + "]"), fault);
    } else {
      fail(new UnknownHostException("resolving [" + address.host() + "] failed: " + fault), fault);
    }
  }

  private void connect(InetAddress host) {
    long leftMillis = TimeUnit.NANOSECONDS.toMillis(timeoutNanos - (System.nanoTime() - begun));
    SocketChannel channel = transport.kind().socket();
    // 0 would mean no limit.
    channel
        .config()
        .setOption(
            ChannelOption.CONNECT_TIMEOUT_MILLIS,
            (int) Math.min(Integer.MAX_VALUE, Math.max(1, leftMillis)));
    NettyTransport.configure(channel);
    if (!loop.add(channel)) {
      channel.unsafe().closeForcibly();
      fail(new IOException("connect to [" + address + "]: this env has stopped"), null);
      return;
    }
    loop.eventLoop()
        .register(channel)
        .addListener(
            (ChannelFutureListener)
                registered -> {
                  if (registered.isSuccess()) {
                    channel
                        .connect(new InetSocketAddress(host, address.port()))
                        .addListener((ChannelFutureListener) this::connected);
                  } else {
                    connected(registered);
                  }
                });
  }

  private void connected(ChannelFuture outcome) {
    SocketChannel channel = (SocketChannel) outcome.channel();
    if (outcome.isSuccess()) {
      channel.pipeline().addLast(handshake.apply(channel));
    } else {
      channel.close();
      Throwable cause = outcome.cause();
      String reason =
          cause instanceof ConnectTimeoutException
              ? "timed out " + after()
              : String.valueOf(cause == null ? "cancelled" : cause.getMessage());
      fail(new ConnectException("connect to [" + address + "] failed: " + reason), cause);
    }
  }

  private String after() {
    return "after [" + TimeUnit.NANOSECONDS.toMillis(timeoutNanos) + " ms] (rpc.connect.timeout)";
  }

  private void fail(IOException failure, @Nullable Throwable cause) {
    if (cause != null) {
      failure.initCause(cause);
    }
    listener.failed(failure);
  }
}
