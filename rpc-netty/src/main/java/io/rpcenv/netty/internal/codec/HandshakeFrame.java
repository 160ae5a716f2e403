// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.codec;

import io.rpcenv.RpcAddress;
import io.rpcenv.serialization.EnvId;
import java.util.Optional;

/** A frame of the handshake. */
public sealed interface HandshakeFrame {

  /**
   * What a side says of itself.
   *
   * @param minVersion lowest version that it speaks
   * @param maxVersion highest version that it speaks
   * @param purpose one of {@link WireFormat}'s purposes
   * @param envId its identity
   * @param envName its name
   * @param address what it advertises; empty in client mode
   * @param maxMessageSize the largest message that it takes, in bytes
   * @param serializerId its serializer
   * @param features its feature bits
   */
  record Hello(
      int minVersion,
      int maxVersion,
      int purpose,
      EnvId envId,
      String envName,
      Optional<RpcAddress> address,
      int maxMessageSize,
      String serializerId,
      long features)
      implements HandshakeFrame {}

  /**
   * Refuses the other side.
   *
   * @param code one of {@link WireFormat}'s codes, or another
   * @param reason one line
   */
  record Refuse(int code, String reason) implements HandshakeFrame {}

  /** The client goes on. */
  record Ready() implements HandshakeFrame {}
}
