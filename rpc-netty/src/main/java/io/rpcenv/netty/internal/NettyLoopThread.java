// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import io.netty.util.concurrent.FastThreadLocalThread;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.transport.LoopThread;

/** A thread that runs a loop: nothing may block there. */
final class NettyLoopThread extends FastThreadLocalThread implements LoopThread {

  private final EnvId envId;

  NettyLoopThread(String envName, EnvId envId, int number, Runnable task) {
    super(task, "rpc-" + envName + "-io-" + number);
    this.envId = envId;
    setDaemon(true);
  }

  @Override
  public EnvId envId() {
    return envId;
  }
}
