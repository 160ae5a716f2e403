// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcAddress;
import io.rpcenv.testing.memory.StepLoop;
import io.rpcenv.transport.Connection;
import io.rpcenv.transport.Transport;
import io.rpcenv.transport.TransportLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A transport whose attempts to connect end when the test says so. */
public final class FakeTransport implements Transport {

  int attempts;

  /** Where it was told to connect to, in order. */
  public final List<RpcAddress> dialed = new ArrayList<>();

  private final StepLoop loop;
  private @Nullable ConnectListener open;

  public FakeTransport(StepLoop loop) {
    this.loop = loop;
  }

  public void succeed(Connection connection) {
    ConnectListener listener = take();
    loop.run(() -> listener.connected(connection));
  }

  void fail(Throwable cause) {
    ConnectListener listener = take();
    loop.run(() -> listener.failed(cause));
  }

  void resolve() {
    ConnectListener listener = open;
    assertThat(listener).as("an attempt under way").isNotNull();
    loop.run(listener::resolved);
  }

  public boolean isConnecting() {
    return open != null;
  }

  private ConnectListener take() {
    ConnectListener listener = open;
    assertThat(listener).as("an attempt under way").isNotNull();
    open = null;
    return listener;
  }

  @Override
  public TransportLoop nextLoop() {
    return loop;
  }

  @Override
  public void connect(RpcAddress address, TransportLoop on, ConnectListener listener) {
    assertThat(open).as("one attempt at a time").isNull();
    assertThat(on).isSameAs(loop);
    open = listener;
    dialed.add(address);
    attempts++;
  }

  @Override
  public int bind(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void open(RpcAddress advertised) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Void> shutdown() {
    return CompletableFuture.completedFuture(null);
  }
}
