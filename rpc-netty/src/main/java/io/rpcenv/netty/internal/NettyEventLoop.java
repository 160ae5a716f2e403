// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import io.rpcenv.RpcConf;
import io.rpcenv.netty.internal.channel.BatchBuffers;
import io.rpcenv.netty.internal.codec.FrameReader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop with its thread; each transport on it has a {@link NettyLoop} of its own.
 *
 * <p>A single Netty event loop rather than one of a group: a group reports its end through Netty's
 * global executor, whose thread outlives the transport.
 */
final class NettyEventLoop implements Executor {

  private static final Logger LOG = LoggerFactory.getLogger(NettyEventLoop.class);
  private static final long LINGER_MILLIS = 1000;

  private final PollThenSleep strategy;
  private final SingleThreadIoEventLoop eventLoop;
  private final byte[] scratch = new byte[FrameReader.SCRATCH];
  private final BatchBuffers batches = new BatchBuffers();
  private final CompletableFuture<Thread> thread = new CompletableFuture<>();

  NettyEventLoop(NettyThreads owner, int number, RpcConf conf) {
    ThreadFactory threads = task -> new NettyLoopThread(owner, number, task);
    this.strategy = new PollThenSleep(conf, System::nanoTime);
    IoHandlerFactory handlers = owner.kind().handlers(() -> strategy);
    this.eventLoop =
        new SingleThreadIoEventLoop(null, threads, handlers) {
          @Override
          protected int runIo() {
            int handled = super.runIo();
            if (handled > 0) {
              awake(); // sockets that do not say so themselves
            }
            return handled;
          }
        };
    eventLoop.execute(() -> thread.complete(Thread.currentThread()));
  }

  PollThenSleep strategy() {
    return strategy;
  }

  EventLoop eventLoop() {
    return eventLoop;
  }

  byte[] scratch() {
    return scratch;
  }

  BatchBuffers batches() {
    return batches;
  }

  @Override
  public void execute(Runnable task) {
    try {
      eventLoop.execute(() -> guarded(task));
    } catch (RejectedExecutionException ended) {
      LOG.trace("loop has ended, task dropped");
    }
  }

  /** Runs a task in the next turn: the sockets come first in each. */
  void executeAfterIo(Runnable task) {
    try {
      eventLoop.executeAfterEventLoopIteration(() -> execute(task));
    } catch (RejectedExecutionException ended) {
      LOG.trace("loop has ended, task dropped");
    }
  }

  void schedule(Runnable task, long delayNanos) {
    try {
      eventLoop.schedule(() -> guarded(task), delayNanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException ended) {
      LOG.trace("loop has ended, task dropped");
    }
  }

  /** Says that there is something to do; on the loop. */
  void awake() {
    strategy.awake();
  }

  private void guarded(Runnable task) {
    awake();
    try {
      task.run();
    } catch (Throwable fault) {
      LOG.error("a task of a network thread failed", fault);
    }
  }

  /** Ends the thread after what it was given. */
  void shutdown() {
    execute(batches::close);
    eventLoop.shutdownGracefully(0, LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Waits until the thread is gone, its last frame included; returns whether it is. */
  boolean awaitEnd(long nanos) throws InterruptedException {
    Thread running = thread.join(); // it has begun with that
    TimeUnit.NANOSECONDS.timedJoin(running, nanos);
    return !running.isAlive();
  }
}
