// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.examples.cluster.protocol.TaskOutcome;

/**
 * A partition that is done.
 *
 * @param attempt which attempt did it, and where
 * @param outcome a {@code Finished} or a {@code FinishedInFile}
 */
record CompletedTask(JobProgress.Attempt attempt, TaskOutcome outcome) {}
