// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.channel;

import io.netty.buffer.ByteBuf;

/** What a handshake gives its channel to. Confined to the loop. */
interface Established {

  /**
   * Takes what the handshake read beyond its end; before anything else.
   *
   * @param rest taken over
   */
  void hold(ByteBuf rest);

  /**
   * Closes the channel.
   *
   * @param reason for the log
   */
  void close(String reason);
}
