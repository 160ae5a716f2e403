// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * One connection: its handshake, then what is written to it and read from it. Start at {@link
 * io.rpcenv.netty.internal.channel.NettyConnection}. May change at any time.
 */
@NullMarked
package io.rpcenv.netty.internal.channel;

import org.jspecify.annotations.NullMarked;
