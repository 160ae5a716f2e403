// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

import io.rpcenv.examples.cluster.job.Task;

/**
 * One attempt at one partition of a job.
 *
 * @param taskId unique in the application; another attempt has another id
 * @param partition which part of the job, from 0
 * @param attempt which attempt at this partition, from 0
 * @param task the work
 */
public record TaskDescription(long taskId, int partition, int attempt, Task task) {}
