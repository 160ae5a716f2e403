// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SelectStrategyFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.rpcenv.bench.BenchSystem;
import io.rpcenv.bench.Blob;
import io.rpcenv.bench.Child;
import io.rpcenv.bench.Sample;
import io.rpcenv.bench.Work;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Bare Netty, the practical limit: one event loop per side and nothing that is not needed. There
 * are four of it: Netty as it is used on loops that poll for a moment, the same with the pool of
 * buffers that RpcEnv takes in place of Netty's default, the first on loops that sleep at once, and
 * by hand what its codecs do on loops that poll.
 */
public final class NettySystem implements BenchSystem {

  private static final Set<Work> MESSAGES =
      EnumSet.of(Work.ASK_64, Work.ASK_1024, Work.SEND, Work.LATENCY, Work.LARGE);

  private final EventLoopGroup serverLoop;
  private final EventLoopGroup clientLoop;
  private final ByteBufAllocator buffers;
  private final Requests requests;
  private final Set<Work> works;
  private InetSocketAddress files;

  private NettySystem(
      SelectStrategyFactory strategy,
      ByteBufAllocator buffers,
      ChannelHandler server,
      Client client,
      Set<Work> works)
      throws InterruptedException {
    this.serverLoop = loop(strategy);
    this.clientLoop = loop(strategy);
    this.buffers = buffers;
    this.works = works;
    Channel listener = listen(serverLoop, buffers, server);
    connect(clientLoop, buffers, (InetSocketAddress) listener.localAddress(), client);
    requests = client.requests();
  }

  /** Starts server and client, with Netty's own frame decoder and a write for each message. */
  public static NettySystem polling(Consumer<Sample> sink) throws InterruptedException {
    return withCodec(Polling::new, ByteBufAllocator.DEFAULT, sink);
  }

  /** Starts the same with buffers from the pool. */
  public static NettySystem pooled(Consumer<Sample> sink) throws InterruptedException {
    return withCodec(Polling::new, PooledByteBufAllocator.DEFAULT, sink);
  }

  /** Starts the first on loops that sleep as soon as there is nothing to do. */
  public static NettySystem sleeping(Consumer<Sample> sink) throws InterruptedException {
    return withCodec(DefaultSelectStrategyFactory.INSTANCE, ByteBufAllocator.DEFAULT, sink);
  }

  private static NettySystem withCodec(
      SelectStrategyFactory strategy, ByteBufAllocator buffers, Consumer<Sample> sink)
      throws InterruptedException {
    Set<Work> works = EnumSet.copyOf(MESSAGES);
    works.add(Work.FILE);
    return new NettySystem(strategy, buffers, codecServer(sink), new CodecClient(), works);
  }

  /** Starts server and client, with loops that poll, and frames cut and collected by hand. */
  public static NettySystem byHand(Consumer<Sample> sink) throws InterruptedException {
    ChannelHandler server = pipeline(() -> new ChannelHandler[] {new EchoServer(sink)});
    return new NettySystem(
        Polling::new, PooledByteBufAllocator.DEFAULT, server, new EchoClient(), MESSAGES);
  }

  private static ChannelHandler codecServer(Consumer<Sample> sink) {
    return pipeline(() -> new ChannelHandler[] {CodecServer.decoder(), new CodecServer(sink)});
  }

  static ChannelHandler pipeline(Supplier<ChannelHandler[]> handlers) {
    return new ChannelInitializer<SocketChannel>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        channel.pipeline().addLast(handlers.get());
      }
    };
  }

  /** Starts a server alone, with one event loop, and returns its port. */
  public static int listen() throws InterruptedException {
    return listen(codecServer(unused -> {}));
  }

  /** Starts a server alone, with one event loop and these handlers, and returns its port. */
  static int listen(ChannelHandler server) throws InterruptedException {
    Channel listener = listen(loop(), PooledByteBufAllocator.DEFAULT, server);
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** Returns an event loop of the transport that RpcEnv takes, too. */
  static EventLoopGroup loop() {
    return loop(Polling::new);
  }

  private static EventLoopGroup loop(SelectStrategyFactory strategy) {
    IoHandlerFactory handlers =
        Epoll.isAvailable()
            ? EpollIoHandler.newFactory(0, strategy)
            : NioIoHandler.newFactory(SelectorProvider.provider(), strategy);
    return new MultiThreadIoEventLoopGroup(1, handlers);
  }

  private static Channel listen(
      EventLoopGroup loop, ByteBufAllocator buffers, ChannelHandler server)
      throws InterruptedException {
    Class<? extends ServerChannel> type =
        Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    return new ServerBootstrap()
        .group(loop)
        .channel(type)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.ALLOCATOR, buffers)
        .childHandler(server)
        .bind("localhost", 0)
        .sync()
        .channel();
  }

  static void connect(
      EventLoopGroup loop,
      ByteBufAllocator buffers,
      InetSocketAddress address,
      ChannelHandler client)
      throws InterruptedException {
    new Bootstrap()
        .group(loop)
        .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.ALLOCATOR, buffers)
        .handler(client)
        .connect(address)
        .sync();
  }

  @Override
  public Set<Work> works() {
    return works;
  }

  @Override
  public void ask(Sample message, BiConsumer<? super Sample, ? super Throwable> done) {
    ask(message, Sample.class, done);
  }

  @Override
  public void askLarge(Blob message, BiConsumer<? super Blob, ? super Throwable> done) {
    ask(message, Blob.class, done);
  }

  private <M> void ask(M message, Class<M> type, BiConsumer<? super M, ? super Throwable> done) {
    CompletableFuture<Object> reply = requests.ask(message);
    reply.whenComplete((m, failure) -> done.accept(type.cast(m), failure));
  }

  @Override
  public void send(Sample message) {
    requests.send(message);
  }

  /** Has a server of its own, for the one file that is ever asked for. */
  @Override
  public ReadableByteChannel openFile(Path file) throws IOException {
    FileClient client = new FileClient();
    try {
      if (files == null) {
        ChannelHandler server = pipeline(() -> new ChannelHandler[] {new FileServer(file)});
        files = (InetSocketAddress) listen(serverLoop, buffers, server).localAddress();
      }
      connect(clientLoop, buffers, files, client);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return client;
  }

  @Override
  public void close() {
    clientLoop.shutdownGracefully();
    serverLoop.shutdownGracefully();
  }

  /** Runs the system for the one who started this JVM; the argument says which. */
  public static void main(String[] args) {
    Child.main(
        switch (args[0]) {
          case "POLLING" -> NettySystem::polling;
          case "POOLED" -> NettySystem::pooled;
          case "SLEEPING" -> NettySystem::sleeping;
          default -> NettySystem::byHand;
        });
  }
}
