// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcConf;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvSettings;
import io.rpcenv.RpcThreads;
import io.rpcenv.internal.env.DefaultRpcEnvProvider;
import io.rpcenv.testing.memory.JavaTestSerializer;
import io.rpcenv.testing.memory.MemoryNetwork;
import java.util.Optional;

/** Opens envs over one in-memory network, with Java serialization. */
public final class InMemoryWiring implements Wiring {

  private final MemoryNetwork network = new MemoryNetwork();

  /** Creates the wiring and its network. */
  public InMemoryWiring() {}

  /** Returns the network, to put faults into. */
  public MemoryNetwork network() {
    return network;
  }

  @Override
  public RpcEnv open(RpcEnvSettings settings) {
    return provider().create(settings);
  }

  @Override
  public RpcThreads threads(String name, RpcConf conf) {
    return provider().createThreads(name, conf);
  }

  private DefaultRpcEnvProvider provider() {
    return new DefaultRpcEnvProvider(
        Optional.of(network.threaded()), Optional.of(JavaTestSerializer.provider()));
  }

  @Override
  public boolean remote() {
    return true;
  }

  @Override
  public void close() {
    Eventually.await("connections end", () -> network.leftovers().isEmpty());
    assertThat(network.leftovers()).isEmpty();
  }
}
