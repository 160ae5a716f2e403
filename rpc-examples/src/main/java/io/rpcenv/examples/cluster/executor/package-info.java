// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * Executors: what runs the tasks of one application on one worker.
 *
 * <p>{@link io.rpcenv.examples.cluster.executor.ExecutorMain} is the process that a worker starts;
 * {@link io.rpcenv.examples.cluster.executor.CoarseGrainedExecutorBackend} is the endpoint that the
 * driver talks to; {@link io.rpcenv.examples.cluster.executor.WorkerWatcher} ends the process
 * together with its worker.
 * What a task finds there is in {@code ExecutorServices}.
 */
@NullMarked
package io.rpcenv.examples.cluster.executor;

import org.jspecify.annotations.NullMarked;
