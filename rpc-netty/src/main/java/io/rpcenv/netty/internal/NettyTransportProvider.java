// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import io.rpcenv.RpcConf;
import io.rpcenv.netty.internal.channel.FilePieces;
import io.rpcenv.transport.Transport;
import io.rpcenv.transport.TransportProvider;
import io.rpcenv.transport.TransportSettings;
import io.rpcenv.transport.TransportThreads;
import java.net.InetAddress;

/** Makes Netty transports. */
public final class NettyTransportProvider implements TransportProvider {

  private final HostResolver resolver;
  private final FilePieces pieces;

  /** Creates the provider as a service: names are resolved as the JVM does. */
  public NettyTransportProvider() {
    this(InetAddress::getByName);
  }

  /** Creates a provider whose transports resolve names in another way. */
  public NettyTransportProvider(HostResolver resolver) {
    this(resolver, FilePieces.ZERO_COPY);
  }

  /** Creates a provider whose transports send files in another way. */
  NettyTransportProvider(HostResolver resolver, FilePieces pieces) {
    this.resolver = resolver;
    this.pieces = pieces;
  }

  @Override
  public TransportThreads createThreads(String name, RpcConf conf) {
    return NettyThreads.start(name, conf);
  }

  @Override
  public Transport create(TransportSettings settings, TransportThreads threads) {
    return new NettyTransport(settings, (NettyThreads) threads, resolver, pieces);
  }
}
