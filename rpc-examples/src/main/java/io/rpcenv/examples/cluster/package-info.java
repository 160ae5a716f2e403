// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * A small cluster in the shape of Apache Spark's standalone mode: what an RpcEnv is good for.
 *
 * <p>Three kinds of processes. The {@code master} keeps a list of workers and applications. Each
 * {@code worker} registers with it, sends heartbeats and starts executors. A {@code driver} (that
 * is {@code bin/rpcenv submit}) registers its application with the master through the {@code
 * client} part, gets executors, splits its job into tasks and gives them to the executors; from
 * then on driver and executors talk directly, without the master. Jobs are written with {@code
 * data}; what executors keep and write for each other is in {@code storage}, {@code shuffle} and
 * {@code streaming}. {@code docs/demo-cluster.md} draws who says what.
 */
@NullMarked
package io.rpcenv.examples.cluster;

import org.jspecify.annotations.NullMarked;
