// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RpcEnvSettings;
import io.rpcenv.RpcThreads;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.transport.TransportProvider;
import java.util.Optional;

/** One env's use of threads: those that it was given, or those that are its own and end with it. */
final class ThreadsLease {

  private final EnvThreads threads;
  private final EnvId envId;
  private final boolean own;

  private ThreadsLease(EnvThreads threads, EnvId envId, boolean own) {
    this.threads = threads;
    this.envId = envId;
    this.own = own;
  }

  /** Takes the threads that the env was given, or starts some for it. */
  static ThreadsLease take(
      RpcEnvSettings settings, EnvId envId, Optional<TransportProvider> transport) {
    EnvThreads threads =
        settings
            .threads()
            .map(ThreadsLease::ours)
            .orElseGet(() -> EnvThreads.start(settings.name(), settings.conf(), transport));
    threads.enter(envId, settings.name());
    return new ThreadsLease(threads, envId, settings.threads().isEmpty());
  }

  private static EnvThreads ours(RpcThreads given) {
    if (given instanceof EnvThreads threads) {
      return threads;
    }
    throw new IllegalArgumentException(
        "threads: " + given + " (expected: made by RpcThreads.create)");
  }

  EnvThreads threads() {
    return threads;
  }

  /**
   * Gives them back when nothing of the env runs on them any more; its own end.
   *
   * @param networkMillis how long network threads get to end
   */
  void giveBack(long networkMillis) throws InterruptedException {
    threads.leave(envId);
    if (own) {
      threads.end(networkMillis);
    }
  }

  /** Gives them back without waiting; after {@link #giveBack} nothing is left to do. */
  void abandon() {
    threads.leave(envId);
    if (own) {
      threads.endLater();
    }
  }
}
