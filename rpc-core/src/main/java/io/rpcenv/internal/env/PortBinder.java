// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConnectionException;
import io.rpcenv.RpcEnvSettings.Listen;
import io.rpcenv.transport.Transport;
import java.io.IOException;
import java.net.BindException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Binds a listener: if the port is taken the next ones are tried, from 1024 again after 65535. */
final class PortBinder {

  private static final Logger LOG = LoggerFactory.getLogger(PortBinder.class);
  private static final int LOWEST_UNPRIVILEGED = 1024;
  private static final int HIGHEST = 65535;

  private final int maxRetries;

  PortBinder(int maxRetries) {
    this.maxRetries = maxRetries;
  }

  /** Binds and returns the bound address. */
  RpcAddress bind(Transport transport, Listen listen) {
    for (int retry = 0; ; retry++) {
      int port = port(listen.port(), retry);
      try {
        RpcAddress bound = RpcAddress.of(listen.host(), transport.bind(listen.host(), port));
        if (retry > 0) {
          LOG.warn(
              "port [{}] is taken; listening at [{}] (rpc.port.maxRetries)", listen.port(), bound);
        }
        return bound;
      } catch (BindException e) {
        if (listen.port() == 0 || retry >= maxRetries) {
          throw failed(listen, retry + 1, e);
        }
      } catch (IOException e) {
        throw failed(listen, retry + 1, e);
      }
    }
  }

  static int port(int first, int retry) {
    if (first == 0) {
      return 0;
    }
    int port = first + retry;
    return port <= HIGHEST ? port : LOWEST_UNPRIVILEGED + (port - HIGHEST - 1);
  }

  private static RpcConnectionException failed(Listen listen, int attempts, IOException cause) {
    return new RpcConnectionException(
        "cannot listen on ["
            + listen.host()
            + "], ports from ["
            + listen.port()
            + "] on, after "
            + attempts
            + (attempts == 1 ? " attempt" : " attempts")
            + " (rpc.port.maxRetries): "
            + cause.getMessage(),
        cause,
        false);
  }
}
