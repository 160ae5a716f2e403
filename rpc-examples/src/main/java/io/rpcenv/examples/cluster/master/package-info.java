// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * The master: who is in the cluster, and who works for whom.
 *
 * <p>{@link io.rpcenv.examples.cluster.master.Master} is one serial endpoint: it begins in standby,
 * leads once it is elected, and ends when it leads no longer. What it has while it leads is in
 * {@code Cluster} (workers, applications) and {@code Drivers}; who runs where is decided in {@code
 * Scheduling}, what a predecessor left is found again by {@code Recovery}, and what a successor
 * needs is written by {@code MasterStore}. Only the endpoint's handlers touch any of these.
 */
@NullMarked
package io.rpcenv.examples.cluster.master;

import org.jspecify.annotations.NullMarked;
