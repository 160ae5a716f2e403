// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * The driver: turns jobs into stages, has their tasks run, and puts the results together.
 *
 * <p>{@link io.rpcenv.examples.cluster.driver.TaskScheduler} decides: which task goes to which
 * executor, what has to run again, when the stage is done or has failed. It is plain state without a
 * thread or a message. {@link io.rpcenv.examples.cluster.driver.DriverEndpoint} feeds it with what
 * executors and master say, and sends out what it decides; {@link
 * io.rpcenv.examples.cluster.driver.LocalEndpoint} does so in one process. {@link
 * io.rpcenv.examples.cluster.driver.JobScheduler} knows which stages there have to be, and {@link
 * io.rpcenv.examples.cluster.driver.Application} starts and ends it all.
 */
@NullMarked
package io.rpcenv.examples.cluster.driver;

import org.jspecify.annotations.NullMarked;
