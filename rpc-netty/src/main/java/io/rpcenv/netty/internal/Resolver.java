// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Resolves names on at most four threads of its own, each time anew; a look-up that hangs costs one
 * of them. Addresses need no thread.
 */
final class Resolver {

  private static final int THREADS = 4;
  private static final int QUEUE = 4096;

  private final ThreadPoolExecutor executor;

  Resolver(String name) {
    this.executor = WorkerThreads.create(name, "resolver", THREADS, QUEUE);
  }

  /**
   * Returns the address of a host; complete already if the host is an address.
   *
   * @param host the host
   * @param hosts who knows
   */
  CompletableFuture<InetAddress> resolve(String host, HostResolver hosts) {
    InetAddress literal = NetUtil.createInetAddressFromIpAddressString(host);
    if (literal != null) {
      return CompletableFuture.completedFuture(literal);
    }
    CompletableFuture<InetAddress> result = new CompletableFuture<>();
    try {
      executor.execute(() -> lookUp(host, hosts, result));
    } catch (RejectedExecutionException full) {
      UnknownHostException cause =
          new UnknownHostException(host + " (too many look-ups wait, or the threads have ended)");
      cause.initCause(full);
      result.completeExceptionally(cause);
    }
    return result;
  }

  private static void lookUp(
      String host, HostResolver hosts, CompletableFuture<InetAddress> result) {
    if (result.isDone()) {
      return;
    }
    try {
      result.complete(hosts.resolve(host));
    } catch (Throwable fault) {
      result.completeExceptionally(fault);
    }
  }

  /** Ends the threads; those that hang in a look-up are interrupted and left behind as daemons. */
  void close() {
    executor.shutdownNow();
  }
}
