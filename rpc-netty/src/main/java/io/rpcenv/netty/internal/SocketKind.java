// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SelectStrategyFactory;
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
import java.nio.channels.spi.SelectorProvider;

/** The kinds of sockets that there are. */
enum SocketKind {
  EPOLL {
    @Override
    IoHandlerFactory handlers(SelectStrategyFactory strategy) {
      return EpollIoHandler.newFactory(ANY_NUMBER, strategy);
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
    IoHandlerFactory handlers(SelectStrategyFactory strategy) {
      return NioIoHandler.newFactory(SelectorProvider.provider(), strategy);
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

  /** Of events to take from epoll at once: as many as there are. */
  private static final int ANY_NUMBER = 0;

  abstract IoHandlerFactory handlers(SelectStrategyFactory strategy);

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
