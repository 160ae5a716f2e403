// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.NetUtil;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConfKeys;
import io.rpcenv.netty.internal.channel.ChannelEnv;
import io.rpcenv.netty.internal.channel.ClientHandshake;
import io.rpcenv.netty.internal.channel.FilePieces;
import io.rpcenv.transport.Connection;
import io.rpcenv.transport.StreamListener;
import io.rpcenv.transport.Transport;
import io.rpcenv.transport.TransportLoop;
import io.rpcenv.transport.TransportSettings;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transport over Netty's sockets. */
final class NettyTransport implements Transport {

  private static final Logger LOG = LoggerFactory.getLogger(NettyTransport.class);

  /** Two chunks of usual size make a channel unwritable; small messages never wait for more. */
  private static final int HIGH_WATER = 512 * 1024;

  /** Above this the next chunk waits, below it the socket may run dry. */
  private static final int LOW_WATER = HIGH_WATER / 2;

  /** Bytes that the kernel takes before it has sent them: small messages cannot pass those. */
  private static final long NOT_SENT_LOW_WATER = 128 * 1024;

  private static final int BACKLOG = 1024;

  private static final int OPENERS = 4;
  private static final int OPENS_WAITING = 1024;

  private final TransportSettings settings;
  private final ChannelEnv env;
  private final NettyThreads threads;
  private final HostResolver hosts;
  private final ThreadPoolExecutor openers;
  private final List<NettyLoop> loops;
  private final long connectTimeoutNanos;
  private volatile @Nullable Channel listener;
  private @Nullable CompletableFuture<Void> end;

  NettyTransport(
      TransportSettings settings, NettyThreads threads, HostResolver hosts, FilePieces pieces) {
    this.settings = settings;
    this.openers = WorkerThreads.create(settings.envName(), "files", OPENERS, OPENS_WAITING);
    this.env = new ChannelEnv(settings, openers, pieces);
    this.threads = threads;
    this.hosts = hosts;
    this.loops = threads.loops().stream().map(NettyLoop::new).toList();
    this.connectTimeoutNanos = settings.conf().get(RpcConfKeys.CONNECT_TIMEOUT).toNanos();
  }

  String envName() {
    return settings.envName();
  }

  ChannelEnv env() {
    return env;
  }

  SocketKind kind() {
    return threads.kind();
  }

  CompletableFuture<InetAddress> resolve(String host) {
    return threads.resolver().resolve(host, hosts);
  }

  static void configure(SocketChannel channel) {
    channel.config().setOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT);
    channel.config().setOption(ChannelOption.TCP_NODELAY, true);
    channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
    if (channel instanceof EpollSocketChannel) {
      limitNotSent(channel);
    }
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(LOW_WATER, HIGH_WATER));
  }

  private static void limitNotSent(SocketChannel channel) {
    try {
      channel.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, NOT_SENT_LOW_WATER);
    } catch (ChannelException e) {
      LOG.debug("this kernel does not know TCP_NOTSENT_LOWAT", e); // it is a hint
    }
  }

  NettyLoop nextNettyLoop() {
    return loops.get(threads.nextIndex());
  }

  @Override
  public TransportLoop nextLoop() {
    return nextNettyLoop();
  }

  @Override
  public int bind(String host, int port) throws IOException {
    if (listener != null) {
      throw new IllegalStateException("bind: called twice (expected: at most once)");
    }
    InetAddress address = address(host);
    ServerChannel channel = kind().serverSocket();
    channel.config().setOption(ChannelOption.SO_BACKLOG, BACKLOG);
    channel.config().setAutoRead(false);
    channel.pipeline().addLast(new Acceptor(this));
    await(nextNettyLoop().eventLoop().register(channel), channel, host, port);
    await(channel.bind(new InetSocketAddress(address, port)), channel, host, port);
    listener = channel;
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  private InetAddress address(String host) throws IOException {
    InetAddress literal = NetUtil.createInetAddressFromIpAddressString(host);
    return literal == null ? hosts.resolve(host) : literal;
  }

  private static void await(ChannelFuture step, Channel channel, String host, int port)
      throws IOException {
    step.awaitUninterruptibly();
    Throwable cause = step.cause();
    if (cause == null) {
      return;
    }
    channel.close();
    String text = "bind [" + host + ":" + port + "] failed: " + cause.getMessage();
    IOException failure =
        text.contains("Address already in use") ? new BindException(text) : new IOException(text);
    failure.initCause(cause);
    throw failure;
  }

  @Override
  public void open(RpcAddress advertised) {
    env.advertise(advertised);
    Channel bound = listener;
    if (bound != null) {
      bound.config().setAutoRead(true);
    }
  }

  @Override
  public void connect(RpcAddress address, TransportLoop loop, ConnectListener outcome) {
    NettyLoop own = (NettyLoop) loop;
    ConnectAttempt attempt =
        new ConnectAttempt(
            this,
            own,
            address,
            outcome,
            channel ->
                ClientHandshake.forMessages(
                    env, own, connection -> own.opened(channel, connection), outcome),
            connectTimeoutNanos);
    own.execute(attempt::run);
  }

  @Override
  public void openStream(RpcAddress address, String path, StreamListener outcome) {
    NettyLoop own = nextNettyLoop();
    ConnectAttempt attempt =
        new ConnectAttempt(
            this,
            own,
            address,
            new StreamConnect(outcome),
            channel -> ClientHandshake.forStream(env, own, channel, path, outcome),
            connectTimeoutNanos);
    own.execute(attempt::run);
  }

  @Override
  public CompletionStage<Void> shutdown() {
    synchronized (this) {
      if (end != null) {
        return end.copy();
      }
      end = new CompletableFuture<>();
    }
    CompletableFuture<Void> ended = end;
    openers.shutdownNow();
    Channel bound = listener;
    CompletableFuture<Void> listenerEnd = new CompletableFuture<>();
    if (bound == null) {
      listenerEnd.complete(null);
    } else {
      bound.close().addListener(closed -> listenerEnd.complete(null));
    }
    listenerEnd.whenComplete((ignored, none) -> closeLoops(ended));
    return ended.copy();
  }

  private void closeLoops(CompletableFuture<Void> ended) {
    CompletableFuture.allOf(
            loops.stream().map(NettyLoop::close).toArray(CompletableFuture<?>[]::new))
        .whenComplete((ignored, none) -> ended.complete(null));
  }

  /** Passes on that a connect for a file failed; of anything later the file's listener hears. */
  private record StreamConnect(StreamListener listener) implements ConnectListener {

    @Override
    public void connected(Connection connection) {
      throw new AssertionError("not a connection for messages");
    }

    @Override
    public void failed(Throwable cause) {
      listener.failed(cause);
    }
  }
}
