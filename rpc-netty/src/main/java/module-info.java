// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/** The Netty transport and the Kryo serializer, found as services; nothing to import from here. */
module io.rpcenv.netty {
  requires transitive io.rpcenv.core;
  requires static org.jspecify;
  requires com.esotericsoftware.kryo;
  requires io.netty.buffer;
  requires io.netty.common;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.unix.common;
  requires org.slf4j;

  provides io.rpcenv.serialization.SerializerProvider with
      io.rpcenv.netty.internal.kryo.KryoSerializerProvider;
  provides io.rpcenv.transport.TransportProvider with
      io.rpcenv.netty.internal.NettyTransportProvider;
}
