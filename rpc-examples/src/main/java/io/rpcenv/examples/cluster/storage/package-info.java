// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * Blocks of bytes: parts of data sets that are kept, what a stage's tasks share, and what map tasks
 * write for reduce tasks.
 *
 * <p>Each executor, and the driver, has a {@link
 * io.rpcenv.examples.cluster.storage.BlockManager} with an endpoint of its own; the {@link
 * io.rpcenv.examples.cluster.storage.BlockManagerMaster} beside the driver knows who has what.
 */
@NullMarked
package io.rpcenv.examples.cluster.storage;

import org.jspecify.annotations.NullMarked;
