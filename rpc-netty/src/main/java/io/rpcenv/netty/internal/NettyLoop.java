// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.rpcenv.netty.internal.channel.BatchBuffers;
import io.rpcenv.netty.internal.channel.LoopContext;
import io.rpcenv.netty.internal.channel.NettyConnection;
import io.rpcenv.transport.TransportLoop;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One transport's part of an event loop: its channels and its tasks. It ends with the transport,
 * while the event loop goes on for others; after its end nothing of the transport runs there.
 */
final class NettyLoop implements TransportLoop, LoopContext {

  private static final long LINGER_MILLIS = 1000;

  /** How often what tasks have given in turn is run before the end. */
  private static final int LAST_HOPS = 3;

  private final NettyEventLoop shared;
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  // Confined to the event loop.

  /** Every open channel, with its connection once there is one. */
  private final Map<SocketChannel, Optional<NettyConnection>> channels = new HashMap<>();

  private boolean closing;
  private boolean ended;

  NettyLoop(NettyEventLoop shared) {
    this.shared = shared;
  }

  EventLoop eventLoop() {
    return shared.eventLoop();
  }

  @Override
  public TransportLoop loop() {
    return this;
  }

  @Override
  public byte[] scratch() {
    return shared.scratch();
  }

  @Override
  public void awake() {
    shared.awake();
  }

  @Override
  public BatchBuffers batches() {
    return shared.batches();
  }

  @Override
  public boolean inLoop() {
    return eventLoop().inEventLoop();
  }

  @Override
  public void execute(Runnable task) {
    shared.execute(() -> run(task));
  }

  @Override
  public void executeAfterIo(Runnable task) {
    shared.executeAfterIo(() -> run(task));
  }

  @Override
  public void schedule(Runnable task, long delayNanos) {
    shared.schedule(() -> run(task), delayNanos);
  }

  private void run(Runnable task) {
    if (!ended) {
      task.run();
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
      endAfter(LAST_HOPS);
    }
  }

  /** Closes every channel, then takes no more tasks. Returns the end. */
  CompletableFuture<Void> close() {
    execute(this::closeAll);
    return end;
  }

  private void closeAll() {
    closing = true;
    if (channels.isEmpty()) {
      endAfter(LAST_HOPS);
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
    eventLoop().schedule(this::closeNow, LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void closeNow() {
    List.copyOf(channels.keySet()).forEach(SocketChannel::close);
  }

  private void endAfter(int hops) {
    if (hops > 0) {
      shared.execute(() -> endAfter(hops - 1));
    } else {
      ended = true;
      end.complete(null);
    }
  }
}
