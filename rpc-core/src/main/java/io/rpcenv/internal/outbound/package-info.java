// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * How messages leave: one outbox per path to a peer, owned by one network loop. Internal: may change
 * at any time. Start at {@link io.rpcenv.internal.outbound.Outbox}.
 */
@NullMarked
package io.rpcenv.internal.outbound;

import org.jspecify.annotations.NullMarked;
