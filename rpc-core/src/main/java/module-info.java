// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * Endpoints, references and environments. Works by itself within one process; with {@code
 * io.rpcenv.netty} on the path, between processes.
 */
module io.rpcenv.core {
  requires static transitive org.jspecify;
  requires org.slf4j;

  exports io.rpcenv;
  exports io.rpcenv.plugin;
  exports io.rpcenv.serialization;
  exports io.rpcenv.transport to
      io.rpcenv.netty;

  uses io.rpcenv.RpcEnvProvider;
  uses io.rpcenv.serialization.SerializerProvider;
  uses io.rpcenv.transport.TransportProvider;

  provides io.rpcenv.RpcEnvProvider with
      io.rpcenv.internal.env.DefaultRpcEnvProvider;
}
