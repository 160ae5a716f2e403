// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.transport;

import io.rpcenv.RpcAddress;
import io.rpcenv.serialization.EnvId;
import java.util.Optional;

/**
 * What a peer said of itself in the handshake.
 *
 * @param envId its identity
 * @param envName its name
 * @param address the address that it advertises; empty in client mode
 * @param socketAddress its end of this connection
 * @param maxMessageSize the largest message that it takes, in bytes
 */
public record PeerInfo(
    EnvId envId,
    String envName,
    Optional<RpcAddress> address,
    RpcAddress socketAddress,
    int maxMessageSize) {

  /** Returns the address to know this peer by: the advertised one or else its socket's. */
  public RpcAddress displayAddress() {
    return address.orElse(socketAddress);
  }
}
