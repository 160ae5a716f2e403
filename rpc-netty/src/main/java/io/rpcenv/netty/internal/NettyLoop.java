// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.socket.SocketChannel;
import io.rpcenv.netty.internal.channel.BatchBuffers;
import io.rpcenv.netty.internal.channel.LoopContext;
import io.rpcenv.netty.internal.channel.NettyConnection;
import io.rpcenv.netty.internal.codec.FrameReader;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.transport.TransportLoop;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One loop with its thread and the channels that belong to it.
 *
 * <p>A single Netty event loop rather than one of a group: a group reports its end through Netty's
 * global executor, whose thread outlives the transport.
 */
final class NettyLoop implements TransportLoop, LoopContext {

  private static final Logger LOG = LoggerFactory.getLogger(NettyLoop.class);
  private static final long LINGER_MILLIS = 1000;

  private final EventLoop eventLoop;
  private final byte[] scratch = new byte[FrameReader.SCRATCH];
  private final BatchBuffers batches = new BatchBuffers();
  private final CompletableFuture<Void> threadEnd = new CompletableFuture<>();

  /** Every open channel, with its connection once there is one; confined to the loop. */
  private final Map<SocketChannel, Optional<NettyConnection>> channels = new HashMap<>();

  private boolean closing;

  NettyLoop(String envName, EnvId envId, int number, IoHandlerFactory handlers) {
    ThreadFactory threads = task -> new NettyLoopThread(envName, envId, number, () -> run(task));
    this.eventLoop = new SingleThreadIoEventLoop(null, threads, handlers);
    eventLoop.execute(() -> {});
  }

  private void run(Runnable task) {
    try {
      task.run();
    } finally {
      threadEnd.complete(null);
    }
  }

  EventLoop eventLoop() {
    return eventLoop;
  }

  @Override
  public TransportLoop loop() {
    return this;
  }

  @Override
  public byte[] scratch() {
    return scratch;
  }

  @Override
  public BatchBuffers batches() {
    return batches;
  }

  @Override
  public boolean inLoop() {
    return eventLoop.inEventLoop();
  }

  @Override
  public void execute(Runnable task) {
    try {
      eventLoop.execute(() -> guarded(task));
    } catch (RejectedExecutionException ended) {
      LOG.trace("loop has ended, task dropped");
    }
  }

  @Override
  public void schedule(Runnable task, long delayNanos) {
    try {
      eventLoop.schedule(() -> guarded(task), delayNanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException ended) {
      LOG.trace("loop has ended, task dropped");
    }
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable fault) {
      LOG.error("a task of a network thread failed", fault);
    }
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  /**
   * Takes a channel that is closed with this loop; on the loop. Returns false if that has begun.
   */
  boolean add(SocketChannel channel) {
    if (closing) {
      return false;
    }
    channels.put(channel, Optional.empty());
    channel.closeFuture().addListener(closed -> removed(channel));
    return true;
  }

  /** Takes the connection of a channel; on the loop. */
  void opened(SocketChannel channel, NettyConnection connection) {
    channels.replace(channel, Optional.of(connection));
  }

  private void removed(SocketChannel channel) {
    channels.remove(channel);
    if (closing && channels.isEmpty()) {
      end();
    }
  }

  /** Closes every channel, then ends the thread. Returns the thread's end. */
  CompletableFuture<Void> close() {
    execute(this::closeAll);
    return threadEnd;
  }

  private void closeAll() {
    closing = true;
    if (channels.isEmpty()) {
      end();
      return;
    }
    for (SocketChannel channel : List.copyOf(channels.keySet())) {
      Optional<NettyConnection> connection = channels.getOrDefault(channel, Optional.empty());
      if (connection.isPresent()) {
        connection.get().closeWhenWritten("this env stopped");
      } else {
        channel.close();
      }
    }
    eventLoop.schedule(this::closeNow, LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void closeNow() {
    List.copyOf(channels.keySet()).forEach(SocketChannel::close);
  }

  private void end() {
    batches.close();
    eventLoop.shutdownGracefully(0, LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }
}
