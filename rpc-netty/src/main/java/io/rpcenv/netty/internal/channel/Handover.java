// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.channel;

/**
 * The end of a handshake.
 *
 * @param connection what took the channel over
 * @param completed passes it on
 */
record Handover(Established connection, Runnable completed) {}
