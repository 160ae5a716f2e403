// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import io.rpcenv.RpcConf;
import io.rpcenv.RpcConfKeys;
import io.rpcenv.transport.TransportThreads;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Network threads, and those that look up names; of one transport, or of several. */
final class NettyThreads implements TransportThreads {

  private static final Logger LOG = LoggerFactory.getLogger(NettyThreads.class);

  private final String name;
  private final SocketKind kind;
  private final Resolver resolver;
  private final List<NettyEventLoop> loops;
  private final AtomicInteger next = new AtomicInteger();

  private NettyThreads(String name, SocketKind kind, RpcConf conf) {
    this.name = name;
    this.kind = kind;
    this.resolver = new Resolver(name);
    this.loops =
        IntStream.range(0, conf.get(RpcConfKeys.IO_THREADS))
            .mapToObj(n -> new NettyEventLoop(this, n, conf))
            .toList();
  }

  static NettyThreads start(String name, RpcConf conf) {
    SocketKind kind = SocketKind.of(conf);
    LOG.info(
        "[{}] transport [{}], network threads [{}]",
        name,
        kind.name().toLowerCase(Locale.ROOT),
        conf.get(RpcConfKeys.IO_THREADS));
    return new NettyThreads(name, kind, conf);
  }

  String name() {
    return name;
  }

  SocketKind kind() {
    return kind;
  }

  Resolver resolver() {
    return resolver;
  }

  List<NettyEventLoop> loops() {
    return loops;
  }

  /** Returns the index of a loop, in turn for all transports. */
  int nextIndex() {
    return Math.floorMod(next.getAndIncrement(), loops.size());
  }

  @Override
  public Executor next() {
    return loops.get(nextIndex());
  }

  @Override
  public void shutdown() {
    resolver.close();
    loops.forEach(NettyEventLoop::shutdown);
  }

  @Override
  public boolean awaitEnd(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    boolean ended = true;
    for (NettyEventLoop loop : loops) {
      ended &= loop.awaitEnd(deadline - System.nanoTime());
    }
    return ended;
  }
}
