// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import io.netty.util.concurrent.FastThreadLocalThread;
import io.rpcenv.transport.LoopThread;

/** A thread that runs a loop: nothing may block there. */
final class NettyLoopThread extends FastThreadLocalThread implements LoopThread {

  private final String envName;

  NettyLoopThread(String envName, int number, Runnable task) {
    super(task, "rpc-" + envName + "-io-" + number);
    this.envName = envName;
    setDaemon(true);
  }

  @Override
  public String envName() {
    return envName;
  }
}
