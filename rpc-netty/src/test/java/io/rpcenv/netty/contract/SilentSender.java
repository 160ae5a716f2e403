// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.contract;

import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Lets one file be opened, of 100 bytes, and sends none of them. */
final class SilentSender implements AutoCloseable {

  /** MAGIC and HELLO of env "s", id 1 2, purpose stream. */
  private static final String HELLO =
      "a752504300000023"
          + "0100010102"
          + "00000000000000010000000000000002"
          + "017300"
          + "8008066b72796f2d310000";

  private static final String BEGIN = "00000003510064";

  private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  SilentSender() throws IOException {
    Thread thread = new Thread(this::serve);
    thread.setDaemon(true);
    thread.start();
  }

  String uri() {
    return "rpc://127.0.0.1:" + listener.getLocalPort() + "/files/silent";
  }

  private void serve() {
    try (Socket socket = listener.accept()) {
      socket.getOutputStream().write(ByteBufUtil.decodeHexDump(HELLO + BEGIN));
      while (socket.getInputStream().read() >= 0) {
        // Whatever it says.
      }
      end.complete(null);
    } catch (IOException e) {
      end.complete(null);
    }
  }

  /** Waits until the other side has closed the connection. */
  void awaitEnd() throws Exception {
    end.get(20, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
