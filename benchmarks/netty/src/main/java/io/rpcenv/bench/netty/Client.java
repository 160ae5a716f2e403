// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.netty;

import io.netty.channel.ChannelHandler;

/** The client's end of a connection. */
interface Client extends ChannelHandler {

  /** Returns where requests go, once the connection belongs to a loop. */
  Requests requests();
}
