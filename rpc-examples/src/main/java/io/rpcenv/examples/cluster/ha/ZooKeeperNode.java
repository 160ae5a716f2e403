// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.ha;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/** One ZooKeeper server in this process, without its web page and its metrics. */
public final class ZooKeeperNode implements AutoCloseable {

  private static final int TICK_MILLIS = 500;
  private static final int UNLIMITED = 0;

  private final ServerCnxnFactory connections;
  private final ZooKeeperServer server;
  private final String host;

  private ZooKeeperNode(ServerCnxnFactory connections, ZooKeeperServer server, String host) {
    this.connections = connections;
    this.server = server;
    this.host = host;
  }

  /**
   * Starts a server.
   *
   * @param host what to bind
   * @param port what to bind, 0 for any free one
   * @param folder where it keeps its data, made if need be
   */
  public static ZooKeeperNode start(String host, int port, Path folder)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    ZooKeeperServer server = new ZooKeeperServer(folder.toFile(), folder.toFile(), TICK_MILLIS);
    NIOServerCnxnFactory connections = new NIOServerCnxnFactory();
    connections.configure(new InetSocketAddress(host, port), UNLIMITED);
    connections.startup(server);
    return new ZooKeeperNode(connections, server, host);
  }

  /** Returns where it listens, {@code host:port}. */
  public String address() {
    return host + ":" + connections.getLocalPort();
  }

  /** Ends a client's session, as if it had been silent for too long. For tests. */
  public void expire(long sessionId) {
    server.closeSession(sessionId);
  }

  @Override
  public void close() {
    connections.shutdown();
    server.shutdown();
  }
}
