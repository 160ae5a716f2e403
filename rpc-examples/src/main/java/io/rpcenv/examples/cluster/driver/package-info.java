// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * The driver: splits a job, has its tasks run, and puts the result together.
 *
 * <p>{@link io.rpcenv.examples.cluster.driver.TaskScheduler} decides: which task goes to which
 * executor, what has to run again, when the job is done or has failed. It is plain state without a
 * thread or a message. {@link io.rpcenv.examples.cluster.driver.DriverEndpoint} feeds it with what
 * executors and master say, and sends out what it decides. {@link
 * io.rpcenv.examples.cluster.driver.JobRunner} starts both and waits for the end.
 */
@NullMarked
package io.rpcenv.examples.cluster.driver;

import org.jspecify.annotations.NullMarked;
