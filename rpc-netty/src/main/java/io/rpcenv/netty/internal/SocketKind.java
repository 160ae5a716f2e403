// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcConfKeys;

/** The kinds of sockets that there are. */
enum SocketKind {
  EPOLL {
    @Override
    IoHandlerFactory handlers() {
      return EpollIoHandler.newFactory();
    }

    @Override
    SocketChannel socket() {
      return new EpollSocketChannel();
    }

    @Override
    ServerChannel serverSocket() {
      return new EpollServerSocketChannel();
    }
  },
  NIO {
    @Override
    IoHandlerFactory handlers() {
      return NioIoHandler.newFactory();
    }

    @Override
    SocketChannel socket() {
      return new NioSocketChannel();
    }

    @Override
    ServerChannel serverSocket() {
      return new NioServerSocketChannel();
    }
  };

  abstract IoHandlerFactory handlers();

  abstract SocketChannel socket();

  abstract ServerChannel serverSocket();

  /**
   * Returns what the configuration asks for.
   *
   * @throws IllegalStateException if it asks for epoll where that does not load
   */
  static SocketKind of(RpcConf conf) {
    String asked = conf.get(RpcConfKeys.TRANSPORT);
    if (asked.equals("nio")) {
      return NIO;
    }
    if (Epoll.isAvailable()) {
      return EPOLL;
    }
    if (asked.equals("epoll")) {
      throw new IllegalStateException(
          RpcConfKeys.TRANSPORT.name()
              + ": epoll (expected: auto or nio, epoll does not load here)",
          Epoll.unavailabilityCause());
    }
    return NIO;
  }
}
