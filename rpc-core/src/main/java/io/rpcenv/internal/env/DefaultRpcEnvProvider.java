// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RpcConf;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvProvider;
import io.rpcenv.RpcEnvSettings;
import io.rpcenv.RpcThreads;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.serialization.SerializerProvider;
import io.rpcenv.transport.TransportProvider;
import io.rpcenv.transport.TransportThreads;
import java.util.Optional;
import java.util.ServiceLoader;

/** Makes envs from the transport and the serializer that are found as services, if they are. */
public final class DefaultRpcEnvProvider implements RpcEnvProvider {

  private static final ClassLoader LOADER = DefaultRpcEnvProvider.class.getClassLoader();

  private final Optional<TransportProvider> transport;
  private final Optional<SerializerProvider> serializer;

  /** Finds transport and serializer as services. */
  public DefaultRpcEnvProvider() {
    this(
        ServiceLoader.load(TransportProvider.class, LOADER).findFirst(),
        ServiceLoader.load(SerializerProvider.class, LOADER).findFirst());
  }

  /**
   * Uses a given transport and serializer.
   *
   * @param transport empty: in-process only
   * @param serializer empty: in-process only
   */
  public DefaultRpcEnvProvider(
      Optional<TransportProvider> transport, Optional<SerializerProvider> serializer) {
    this.transport = transport;
    this.serializer = serializer;
  }

  @Override
  public RpcEnv create(RpcEnvSettings settings) {
    if (settings.listen().isPresent() && !isComplete()) {
      throw DefaultRpcEnv.noTransport("listen");
    }
    EnvId envId = EnvId.random();
    ThreadsLease lease = ThreadsLease.take(settings, envId, usableTransport());
    try {
      Optional<Network> network =
          isComplete() ? Optional.of(openNetwork(settings, envId, lease)) : Optional.empty();
      return DefaultRpcEnv.start(settings, envId, network, lease);
    } catch (RuntimeException | Error e) {
      lease.abandon();
      throw e;
    }
  }

  @Override
  public RpcThreads createThreads(String name, RpcConf conf) {
    return EnvThreads.start(name, conf, usableTransport());
  }

  /** Without a serializer a transport is of no use. */
  private Optional<TransportProvider> usableTransport() {
    return transport.filter(any -> serializer.isPresent());
  }

  private Network openNetwork(RpcEnvSettings settings, EnvId envId, ThreadsLease lease) {
    TransportThreads threads = lease.threads().network().orElseThrow();
    return Network.open(
        settings, envId, transport.orElseThrow(), threads, serializer.orElseThrow());
  }

  private boolean isComplete() {
    return transport.isPresent() && serializer.isPresent();
  }
}
