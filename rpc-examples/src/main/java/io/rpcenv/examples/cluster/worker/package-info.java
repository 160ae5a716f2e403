// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * The worker: offers a machine's cores to the cluster.
 *
 * <p>{@link io.rpcenv.examples.cluster.worker.Worker} registers with the master, tells it at
 * intervals that it is alive, and registers again, after a random pause, when it has lost it. On
 * the master's order it starts a {@code CoarseGrainedExecutorBackend}: an endpoint in the same
 * process that registers with a driver and runs that driver's tasks on its own threads, so that a
 * long task holds up no message.
 */
@NullMarked
package io.rpcenv.examples.cluster.worker;

import org.jspecify.annotations.NullMarked;
