// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.transport;

import io.rpcenv.RpcConf;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.serialization.MessageClass;
import java.nio.file.NoSuchFileException;
import java.util.function.IntFunction;

/**
 * What a transport needs to know of its env.
 *
 * @param envName for texts and the handshake
 * @param envId goes into each handshake
 * @param conf the configuration
 * @param serializerId goes into each handshake; a peer with another one is refused
 * @param classes gives the class of an id, for announcing it; thread-safe
 * @param acceptor gets each accepted connection
 * @param files gives the files that others may open
 */
public record TransportSettings(
    String envName,
    EnvId envId,
    RpcConf conf,
    String serializerId,
    IntFunction<MessageClass> classes,
    Acceptor acceptor,
    StreamSource files) {

  /** Settings of an env that serves no files. */
  public TransportSettings(
      String envName,
      EnvId envId,
      RpcConf conf,
      String serializerId,
      IntFunction<MessageClass> classes,
      Acceptor acceptor) {
    this(
        envName,
        envId,
        conf,
        serializerId,
        classes,
        acceptor,
        path -> {
          throw new NoSuchFileException(path);
        });
  }

  /** Gets each accepted connection. */
  @FunctionalInterface
  public interface Acceptor {

    /**
     * Runs on the connection's loop when its handshake is complete on both sides. Nothing is read
     * from it until {@link Connection#start}.
     *
     * @param connection the connection
     */
    void accepted(Connection connection);
  }
}
