// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.transport;

import io.rpcenv.RpcAddress;
import java.io.IOException;
import java.util.concurrent.CompletionStage;

/**
 * Carries frames between envs. It knows bytes, connections and handshakes; what a message means,
 * when to connect and what to do about a lost connection is the core's business.
 */
public interface Transport {

  /** Longest path of {@link #openStream}, in bytes of UTF-8. */
  int MAX_STREAM_PATH = 4096;

  /**
   * Returns a loop, another one each time in turn; there is one per network thread. Any thread. A
   * loop runs its tasks one after another on one thread: it is a serial executor. Several
   * transports may run on the same thread, each with loops of its own.
   */
  TransportLoop nextLoop();

  /**
   * Binds a listener. Blocks until it is bound. At most once per transport.
   *
   * @param host the host to bind
   * @param port the port to bind, 0: any free one
   * @return the bound port
   * @throws java.net.BindException if the port is taken
   * @throws IOException if binding fails otherwise
   */
  int bind(String host, int port) throws IOException;

  /**
   * Starts to accept connections, with what their handshakes advertise.
   *
   * @param advertised the address that handshakes of this env carry, on accepted and on opened
   *     connections
   */
  void open(RpcAddress advertised);

  /**
   * Opens a connection, once; never blocks. Resolves the host off the loops each time. Exactly one
   * of the listener's methods runs, on {@code loop}.
   *
   * @param address where to
   * @param loop the loop that the connection belongs to
   * @param listener gets the outcome
   */
  void connect(RpcAddress address, TransportLoop loop, ConnectListener listener);

  /**
   * Opens a file of another env on a connection of its own, once; never blocks. Such a connection
   * belongs to no peer. The default has none.
   *
   * @param address where to
   * @param path what to open: segments decoded, each after a slash; at most {@link
   *     #MAX_STREAM_PATH} bytes of UTF-8
   * @param listener gets the outcome
   */
  default void openStream(RpcAddress address, String path, StreamListener listener) {
    nextLoop().execute(() -> listener.failed(new IOException("this transport carries no files")));
  }

  /**
   * Stops listening, cuts every stream, closes every connection after what was written to it has
   * left or a second has passed, and ends its loops; the threads live on. Never blocks.
   *
   * @return completes when the last socket is gone and nothing runs on its loops any more
   */
  CompletionStage<Void> shutdown();

  /** Gets the outcome of {@link #connect}. */
  interface ConnectListener {

    /** Runs when the host's address is known, if it had to be looked up; before the others. */
    default void resolved() {}

    /**
     * Runs when the peer's part of the handshake is here and valid. Decline by closing the
     * connection; go on by {@link Connection#start}, which makes it count for the peer.
     *
     * @param connection the connection
     */
    void connected(Connection connection);

    /**
     * Runs when the connection failed before that.
     *
     * @param cause why, ready to be shown: unknown host, refused, timeout, refused by the peer with
     *     its reason
     */
    void failed(Throwable cause);
  }
}
