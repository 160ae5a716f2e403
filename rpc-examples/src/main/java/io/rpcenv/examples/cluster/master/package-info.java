// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * The master: who is in the cluster, and who works for whom.
 *
 * <p>{@link io.rpcenv.examples.cluster.master.Master} is one serial endpoint. Its state is two
 * maps, of workers and of applications, that only its handlers touch. A worker is in the map while
 * it is alive: it comes by registering, and goes when it disconnects or falls silent. Whenever
 * either map grows, every application gets an executor on every worker on which it has none.
 */
@NullMarked
package io.rpcenv.examples.cluster.master;

import org.jspecify.annotations.NullMarked;
