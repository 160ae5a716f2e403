// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

/**
 * What is written for a shuffle, by the stage before it. Stays in the driver.
 *
 * @param plan the values
 * @param shuffle how they are dealt out
 */
public record ShuffleInput<K, V>(Plan<Pair<K, V>> plan, TaskContext.Shuffle<V> shuffle) {}
