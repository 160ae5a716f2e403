// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * The worker: offers a machine's cores to the cluster.
 *
 * <p>{@link io.rpcenv.examples.cluster.worker.Worker} registers with the master, tells it at
 * intervals that it is alive, and registers again, after a random pause, when it has lost it. On
 * the master's order it starts executors, by an {@link
 * io.rpcenv.examples.cluster.worker.ExecutorLauncher}: each in a JVM of its own, or, where many
 * workers share a process, in this one; and drivers ({@code DriverRunner}), always in a JVM of
 * their own. What they leave behind is in a {@link io.rpcenv.examples.cluster.worker.WorkDir}.
 */
@NullMarked
package io.rpcenv.examples.cluster.worker;

import org.jspecify.annotations.NullMarked;
