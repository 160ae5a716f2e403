// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import io.netty.util.concurrent.FastThreadLocalThread;
import io.rpcenv.transport.LoopThread;
import io.rpcenv.transport.TransportThreads;

/** A thread that runs a loop: nothing may block there. */
final class NettyLoopThread extends FastThreadLocalThread implements LoopThread {

  private final NettyThreads owner;

  NettyLoopThread(NettyThreads owner, int number, Runnable task) {
    super(task, "rpc-" + owner.name() + "-io-" + number);
    this.owner = owner;
    setDaemon(true);
  }

  @Override
  public TransportThreads threads() {
    return owner;
  }
}
