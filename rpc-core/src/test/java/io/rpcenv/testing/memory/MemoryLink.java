// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.testing.memory;

import io.rpcenv.RpcAddress;
import io.rpcenv.transport.Transport;
import io.rpcenv.transport.TransportLoop;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Two ends of one connection. */
final class MemoryLink {

  private final MemoryNetwork network;
  private final MemoryTransport from;
  private final MemoryTransport to;
  private final MemoryConnection client;
  private final MemoryConnection server;
  private final AtomicInteger endsClosed = new AtomicInteger();

  MemoryLink(
      MemoryNetwork network,
      MemoryTransport from,
      TransportLoop loop,
      RpcAddress clientEnd,
      MemoryTransport to,
      RpcAddress serverEnd) {
    this.network = network;
    this.from = from;
    this.to = to;
    this.client = new MemoryConnection(this, loop, from.settings(), to.info(serverEnd));
    this.server = new MemoryConnection(this, to.nextLoop(), to.settings(), from.info(clientEnd));
    client.join(server);
    server.join(client);
  }

  /** Gives the server its end, and then the client. */
  void open(Transport.ConnectListener listener) {
    server
        .loop()
        .execute(
            () -> {
              to.settings().acceptor().accepted(server);
              client.loop().execute(() -> listener.connected(client));
            });
  }

  boolean joins(String envName) {
    return from.envName().equals(envName) || to.envName().equals(envName);
  }

  boolean joins(MemoryTransport transport) {
    return from.equals(transport) || to.equals(transport);
  }

  private List<MemoryConnection> endsOf(String envName) {
    return from.envName().equals(envName)
        ? to.envName().equals(envName) ? List.of(client, server) : List.of(client)
        : List.of(server);
  }

  void cut() {
    IOException cause = new IOException("connection was cut");
    client.loop().execute(() -> client.abandon(cause));
    server.loop().execute(() -> server.abandon(cause));
  }

  void vanish(String envName) {
    IOException cause = new IOException("connection vanished");
    endsOf(envName).forEach(end -> end.loop().execute(() -> end.vanish(cause)));
  }

  void pauseReading(String envName) {
    endsOf(envName).forEach(end -> end.loop().execute(end::pauseReading));
  }

  void hold(String envName) {
    endsOf(envName).forEach(end -> end.loop().execute(end::hold));
  }

  void release(String envName) {
    endsOf(envName).forEach(end -> end.loop().execute(end::release));
  }

  void shutdown(MemoryTransport transport) {
    MemoryConnection own = from.equals(transport) ? client : server;
    own.loop().execute(() -> own.close("env is shut down"));
  }

  void endClosed() {
    if (endsClosed.incrementAndGet() == 2) {
      network.forget(this);
    }
  }

  @Override
  public String toString() {
    return "connection of " + from.envName() + " to " + to.envName();
  }
}
