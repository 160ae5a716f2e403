// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.channel;

import io.rpcenv.netty.internal.codec.WireFormat;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.transport.Target;

/**
 * A message on its way out that cannot be written at once. Owns the message's body.
 *
 * @param type ONE_WAY, REQUEST or REPLY
 * @param callId 0 for a ONE_WAY
 * @param target of no name for a REPLY
 * @param message the message
 */
record Outgoing(int type, long callId, Target target, EncodedMessage message) {

  /** Returns whether it must keep its place among others to the same endpoint. */
  boolean ordered() {
    return type != WireFormat.REPLY;
  }

  int size() {
    return message.body().size();
  }
}
