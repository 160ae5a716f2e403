// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * A transport inside one JVM, with faults on order, and a serializer for it. Start at {@link
 * io.rpcenv.testing.memory.MemoryNetwork}.
 */
@NullMarked
package io.rpcenv.testing.memory;

import org.jspecify.annotations.NullMarked;
