// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.netty;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Many connections to one server, all on one event loop, each with a few asks in flight that follow
 * one another. What a connection speaks is its handler's business.
 */
public final class ManyConnections implements AutoCloseable {

  /** One connection, as far as the protocol does not matter. */
  public interface Asker extends ChannelHandler {
    /** Completes when the connection may be used. */
    CompletableFuture<Void> ready();

    /** Asks until {@code tally} says stop; on the loop. */
    void start(Tally tally, int inFlight);
  }

  /** Counts what comes back; confined to the loop. */
  public static final class Tally {
    private final CountDownLatch drained = new CountDownLatch(1);
    private final CompletableFuture<Void> failed = new CompletableFuture<>();
    private boolean stopping;
    private long asked;
    private long answered;

    /** Counts an ask, or says that there are to be no more. */
    public boolean ask() {
      if (stopping) {
        return false;
      }
      asked++;
      return true;
    }

    /** Counts an answer that was looked at and found right. */
    public void answered() {
      answered++;
    }

    /** Makes the run fail. */
    public void fail(Throwable cause) {
      failed.completeExceptionally(cause);
      drained.countDown();
    }

    private boolean awaitDrained() throws InterruptedException {
      return drained.await(30, TimeUnit.SECONDS);
    }

    private void stop(EventLoopGroup loop) {
      stopping = true;
      look(loop);
    }

    private void look(EventLoopGroup loop) {
      if (asked == answered) {
        drained.countDown();
      } else {
        loop.schedule(() -> look(loop), 1, TimeUnit.MILLISECONDS);
      }
    }
  }

  private final EventLoopGroup loop = NettySystem.loop();
  private final List<Asker> askers = new ArrayList<>();

  /** Opens the connections, one after the other. */
  public ManyConnections(int port, int count, Supplier<? extends Asker> handlers) throws Exception {
    InetSocketAddress address = new InetSocketAddress("localhost", port);
    for (int i = 0; i < count; i++) {
      Asker asker = handlers.get();
      NettySystem.connect(loop, PooledByteBufAllocator.DEFAULT, address, asker);
      askers.add(asker);
    }
    for (Asker asker : askers) {
      asker.ready().get(30, TimeUnit.SECONDS);
    }
  }

  /** Asks for that long and returns the answers per second. */
  public double run(int inFlight, long millis) throws Exception {
    Tally tally = new Tally();
    long start = System.nanoTime();
    loop.execute(() -> askers.forEach(asker -> asker.start(tally, inFlight)));
    Thread.sleep(millis);
    loop.execute(() -> tally.stop(loop));
    boolean all = tally.awaitDrained();
    tally.failed.getNow(null);
    if (!all) {
      throw new IllegalStateException("asked " + tally.asked + ", answered " + tally.answered);
    }
    return tally.answered * 1e9 / (System.nanoTime() - start);
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
