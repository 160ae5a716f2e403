// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the threads for what may block: daemons that go when there is nothing to do. */
final class WorkerThreads {

  private static final long KEEP_ALIVE_SECONDS = 10;

  private WorkerThreads() {}

  /**
   * Makes a pool, without a thread yet.
   *
   * @param role part of its threads' names
   * @param threads how many at most
   * @param waiting how many tasks may wait; more are refused
   */
  static ThreadPoolExecutor create(String envName, String role, int threads, int waiting) {
    AtomicInteger numbers = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            KEEP_ALIVE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(waiting),
            task -> thread("rpc-" + envName + "-" + role + "-" + numbers.getAndIncrement(), task));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static Thread thread(String name, Runnable task) {
    Thread thread = new FastThreadLocalThread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
