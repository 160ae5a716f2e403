// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * The Netty transport: event loops, their threads, listeners and connects. Start at {@link
 * io.rpcenv.netty.internal.NettyTransportProvider}. May change at any time.
 */
@NullMarked
package io.rpcenv.netty.internal;

import org.jspecify.annotations.NullMarked;
