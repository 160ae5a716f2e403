// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * Those who talk to the master and are no part of the cluster.
 *
 * <p>{@link io.rpcenv.examples.cluster.client.AppClient} registers an application and turns what the
 * master says about executors and workers into messages for the driver. {@link
 * io.rpcenv.examples.cluster.client.ClientEndpoint} submits a driver that runs on a worker, and
 * follows it. {@link io.rpcenv.examples.cluster.client.ClientMain} asks questions from outside.
 * {@link io.rpcenv.examples.cluster.client.Masters} finds the master that leads.
 */
@NullMarked
package io.rpcenv.examples.cluster.client;

import org.jspecify.annotations.NullMarked;
