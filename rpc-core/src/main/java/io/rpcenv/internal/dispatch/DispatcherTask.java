// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

/**
 * A short task that is no inbox's.
 *
 * @param dispatcher whose work it is
 * @param task what to do; never blocks, throws nothing
 */
record DispatcherTask(Dispatcher dispatcher, Runnable task) implements Work {

  @Override
  public void run() {
    task.run();
  }
}
