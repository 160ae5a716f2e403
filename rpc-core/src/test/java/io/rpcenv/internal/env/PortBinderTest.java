// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConnectionException;
import io.rpcenv.RpcEnvSettings.Listen;
import io.rpcenv.transport.Transport;
import io.rpcenv.transport.TransportLoop;
import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** RPC-16: which ports are tried. */
@Timeout(10)
class PortBinderTest {

  /** A transport where the first ports are taken. */
  private static final class Ports implements Transport {

    private final List<Integer> tried = new ArrayList<>();
    private final int taken;
    private final IOException failure;

    Ports(int taken, IOException failure) {
      this.taken = taken;
      this.failure = failure;
    }

    @Override
    public int bind(String host, int port) throws IOException {
      tried.add(port);
      if (tried.size() <= taken) {
        throw failure;
      }
      return port == 0 ? 40_000 : port;
    }

    @Override
    public TransportLoop nextLoop() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void open(RpcAddress advertised) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void connect(RpcAddress address, TransportLoop loop, ConnectListener listener) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> shutdown() {
      return CompletableFuture.completedFuture(null);
    }
  }

  private final BindException inUse = new BindException("taken");

  @Test
  void theNextPortsAreTriedAndWrapAroundAboveThePrivilegedOnes() {
    Ports ports = new Ports(3, inUse);
    assertThat(new PortBinder(3).bind(ports, new Listen("h", 65_534)))
        .isEqualTo(RpcAddress.of("h", 1025));
    assertThat(ports.tried).containsExactly(65_534, 65_535, 1024, 1025);
  }

  @Test
  void itIsGivenUpAfterTheLastRetry() {
    Ports ports = new Ports(9, inUse);
    assertThatThrownBy(() -> new PortBinder(2).bind(ports, new Listen("h", 7000)))
        .isInstanceOf(RpcConnectionException.class)
        .hasMessage(
            "cannot listen on [h], ports from [7000] on, after 3 attempts (rpc.port.maxRetries):"
                + " taken")
        .hasCause(inUse);
    assertThat(ports.tried).containsExactly(7000, 7001, 7002);
    assertThatThrownBy(() -> new PortBinder(0).bind(new Ports(9, inUse), new Listen("h", 7000)))
        .hasMessageContaining("after 1 attempt (");
  }

  @Test
  void anyFreePortIsAskedForOnce() {
    assertThat(new PortBinder(5).bind(new Ports(0, inUse), new Listen("h", 0)))
        .isEqualTo(RpcAddress.of("h", 40_000));
    Ports none = new Ports(9, inUse);
    assertThatThrownBy(() -> new PortBinder(5).bind(none, new Listen("h", 0)))
        .isInstanceOf(RpcConnectionException.class);
    assertThat(none.tried).containsExactly(0);
  }

  @Test
  void anotherFailureIsNotAReasonToTryAnotherPort() {
    Ports ports = new Ports(9, new IOException("no such interface"));
    assertThatThrownBy(() -> new PortBinder(5).bind(ports, new Listen("h", 7000)))
        .hasMessageEndingWith("after 1 attempt (rpc.port.maxRetries): no such interface");
    assertThat(ports.tried).containsExactly(7000);
  }
}
