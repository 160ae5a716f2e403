// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * The work: jobs, the tasks they are split into, and the results that tasks bring back.
 *
 * <p>A {@link io.rpcenv.examples.cluster.job.Job} lives in the driver: it splits itself into {@link
 * io.rpcenv.examples.cluster.job.Task}s, which travel to executors as data, and merges the {@link
 * io.rpcenv.examples.cluster.job.TaskResult}s that come back. Nothing in here sends a message.
 */
@NullMarked
package io.rpcenv.examples.cluster.job;

import org.jspecify.annotations.NullMarked;
