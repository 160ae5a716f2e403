// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.util.ServiceLoader;

/**
 * Threads that several envs of one JVM share: the dispatcher threads, the network threads with
 * those that look up names, and the timer. An env that is built with {@link RpcEnv.Builder#threads}
 * starts none of these; everything else stays its own: endpoints, queues, bounds, connections,
 * deadlines, the threads of {@link EndpointExecutor#DEDICATED} endpoints.
 *
 * <p>The end of an env ends nothing of the others: its handlers alone are interrupted, its
 * connections alone are closed. A handler that blocks without saying so (see {@link
 * EndpointExecutor#SHARED}) holds up the other envs as it holds up other endpoints of its own. The
 * timer and the network threads count as each of these envs' own: nothing may wait there.
 *
 * <p>Thread-safe. All threads are daemons, named {@code rpc-<name>-<role>-<n>}.
 */
public abstract class RpcThreads implements AutoCloseable {

  /** Creates threads; only an {@link RpcEnvProvider} has use for that. */
  protected RpcThreads() {}

  /**
   * Starts threads, configured by {@link RpcConf#load()}.
   *
   * @param name part of their names; letters, digits, {@code . _ -}, at most 64
   * @return the threads; close them after the last env that uses them
   * @throws IllegalArgumentException if the name is none
   */
  public static RpcThreads create(String name) {
    return create(name, RpcConf.load());
  }

  /**
   * Starts threads.
   *
   * @param name part of their names; letters, digits, {@code . _ -}, at most 64
   * @param conf how many: {@code rpc.netty.dispatcher.numThreads}, {@code
   *     rpc.dispatcher.maxSpareThreads}, {@code rpc.io.threads}; {@code rpc.transport}; and {@code
   *     rpc.poll.maxTime}, how long they poll before they sleep. These keys have no effect in the
   *     configuration of an env that shares threads; but its {@link EndpointExecutor#DEDICATED}
   *     endpoints' threads, which are its own, poll by that
   * @return the threads; close them after the last env that uses them
   * @throws IllegalArgumentException if the name is none or {@code conf} null
   */
  public static RpcThreads create(String name, RpcConf conf) {
    Arguments.requireName(name, "the name of threads");
    Arguments.require("conf", conf, "a configuration");
    return provider().createThreads(name, conf);
  }

  static RpcEnvProvider provider() {
    return ServiceLoader.load(RpcEnvProvider.class, RpcEnv.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no RpcEnvProvider found (expected: in rpc-core itself)"));
  }

  /** Returns the name. */
  public abstract String name();

  /** Returns the configuration. */
  public abstract RpcConf conf();

  /**
   * Ends the threads and waits until they are gone, a few seconds at most. Closing twice closes
   * once. An interrupt ends the wait and leaves the flag set.
   *
   * @throws IllegalStateException if an env still uses them: it is named, and nothing is ended; and
   *     on a network thread or a timer, which must not wait
   */
  @Override
  public abstract void close();
}
