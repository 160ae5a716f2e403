// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import io.rpcenv.RpcConf;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvSettings;
import io.rpcenv.RpcThreads;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Opens all envs of a test on the same threads, configured as the first of them. */
public final class SharedWiring implements Wiring {

  private static final AtomicInteger SERIAL = new AtomicInteger();

  private final Wiring inner;
  private @Nullable RpcThreads threads;

  /** Creates a wiring that opens envs as another does. */
  public SharedWiring(Wiring inner) {
    this.inner = inner;
  }

  @Override
  public RpcEnv open(RpcEnvSettings given) {
    RpcThreads shared = threads;
    if (shared == null) {
      shared = inner.threads("all" + SERIAL.incrementAndGet(), given.conf());
      threads = shared;
    }
    return inner.open(
        new RpcEnvSettings(
            given.name(),
            given.listen(),
            given.advertise(),
            given.conf(),
            given.messages(),
            given.classLoader(),
            given.listeners(),
            Optional.of(shared)));
  }

  @Override
  public RpcThreads threads(String name, RpcConf conf) {
    return inner.threads(name, conf);
  }

  @Override
  public boolean remote() {
    return inner.remote();
  }

  @Override
  public void close() {
    inner.close();
    if (threads != null) {
      threads.close();
      Leftovers.assertNoThreads(threads.name());
    }
  }
}
