// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * The wire format as {@code docs/wire-format.md} has it: bytes to frames and back, without a
 * socket. Start at {@link io.rpcenv.netty.internal.codec.WireFormat}. May change at any time.
 */
@NullMarked
package io.rpcenv.netty.internal.codec;

import org.jspecify.annotations.NullMarked;
