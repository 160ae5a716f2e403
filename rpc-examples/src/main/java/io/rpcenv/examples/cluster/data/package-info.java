// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * Data sets: what a job is written with. A {@link io.rpcenv.examples.cluster.data.Dataset} is a
 * recipe; an action such as {@code collect} runs it, in stages of tasks.
 *
 * <p>Start with {@link io.rpcenv.examples.cluster.data.JobContext}. The recipe as it travels to
 * executors is {@link io.rpcenv.examples.cluster.data.Plan}. Nothing in here sends a message. For
 * real data work there is Apache Spark, whose names these are.
 */
@NullMarked
package io.rpcenv.examples.cluster.data;

import org.jspecify.annotations.NullMarked;
