// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * The worker: offers a machine's cores to the cluster.
 *
 * <p>{@link io.rpcenv.examples.cluster.worker.Worker} registers with the master, tells it at
 * intervals that it is alive, and registers again, after a random pause, when it has lost it. On
 * the master's order it starts executors, in the same process.
 */
@NullMarked
package io.rpcenv.examples.cluster.worker;

import org.jspecify.annotations.NullMarked;
