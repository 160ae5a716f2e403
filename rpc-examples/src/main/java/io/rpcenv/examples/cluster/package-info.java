// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * A small cluster in the shape of Apache Spark's standalone mode: what an RpcEnv is good for.
 *
 * <p>Four kinds of processes. The {@code master} keeps a list of workers, applications and drivers;
 * there may be several masters, of which one leads ({@code ha}). Each {@code worker} registers with
 * it, sends heartbeats and starts processes. A {@code driver} (that is {@code bin/rpcenv submit},
 * or a process of a worker) registers its application with the master through the {@code client}
 * part, gets executors, splits its job into tasks and gives them to the executors. An {@code
 * executor} is a process of a worker, for one application; it talks to its driver directly, without
 * the master. Jobs are written with {@code data}; what executors keep and write for each other is
 * in {@code storage}, {@code shuffle} and {@code streaming}. What people see of it is in {@code web}.
 * {@code docs/demo-cluster.md} draws who says what.
 */
@NullMarked
package io.rpcenv.examples.cluster;

import org.jspecify.annotations.NullMarked;
