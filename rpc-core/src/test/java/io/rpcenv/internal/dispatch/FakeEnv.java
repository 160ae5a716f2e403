// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.EndpointBinding;
import io.rpcenv.EndpointOptions;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvStats;
import io.rpcenv.RpcFileServer;
import io.rpcenv.RpcFuture;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.Optional;

/** An env that is only a name. */
final class FakeEnv extends RpcEnv {

  private final String name;

  FakeEnv(String name) {
    this.name = name;
  }

  static void bindTo(RpcEndpoint endpoint, EndpointBinding binding) {
    bind(endpoint, binding);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<RpcAddress> address() {
    return Optional.empty();
  }

  @Override
  public RpcConf conf() {
    throw new UnsupportedOperationException();
  }

  @Override
  public RpcEndpointRef setupEndpoint(String endpointName, RpcEndpoint endpoint) {
    throw new UnsupportedOperationException();
  }

  @Override
  public RpcEndpointRef setupEndpoint(
      String endpointName, RpcEndpoint endpoint, EndpointOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public RpcEndpointRef setupEndpointRef(RpcAddress address, String endpointName) {
    throw new UnsupportedOperationException();
  }

  @Override
  public RpcEndpointRef setupEndpointRefByURI(String uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public RpcFuture<RpcEndpointRef> asyncSetupEndpointRefByURI(String uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void stop(RpcEndpointRef ref) {
    throw new UnsupportedOperationException();
  }

  @Override
  public RpcFileServer fileServer() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ReadableByteChannel openChannel(String uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void shutdown() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void awaitTermination() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean awaitTermination(Duration timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }

  @Override
  public RpcEnvStats stats() {
    throw new UnsupportedOperationException();
  }
}
