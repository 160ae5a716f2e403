// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * The one queue between threads: many producers, one consumer. Internal: may change at any time.
 * Start at {@link io.rpcenv.internal.queue.MpscQueue}.
 */
@NullMarked
package io.rpcenv.internal.queue;

import org.jspecify.annotations.NullMarked;
