// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.contract;

import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvSettings;
import io.rpcenv.contract.InProcessWiring;
import io.rpcenv.contract.Wiring;

/** Opens envs by the public builder, which finds Netty and Kryo as services. */
final class NettyWiring implements Wiring {

  @Override
  public RpcEnv open(RpcEnvSettings settings) {
    return InProcessWiring.builder(settings).build();
  }

  @Override
  public boolean remote() {
    return true;
  }
}
