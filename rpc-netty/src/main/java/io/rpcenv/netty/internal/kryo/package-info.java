// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * The serializer: Kryo with an allow-list, class ids of the sending env and codecs of our own, so
 * that nothing is instantiated or allocated on a peer's word. Start at {@link
 * io.rpcenv.netty.internal.kryo.KryoSerializer}.
 */
@NullMarked
package io.rpcenv.netty.internal.kryo;

import org.jspecify.annotations.NullMarked;
