// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * What the processes of the demo cluster say to each other.
 *
 * <p>One sealed interface per endpoint, named after who receives it: {@link
 * io.rpcenv.examples.cluster.protocol.MasterMessage}, {@link
 * io.rpcenv.examples.cluster.protocol.WorkerMessage}, {@link
 * io.rpcenv.examples.cluster.protocol.AppClientMessage}, {@link
 * io.rpcenv.examples.cluster.protocol.DriverMessage}, {@link
 * io.rpcenv.examples.cluster.protocol.ExecutorMessage}, {@link
 * io.rpcenv.examples.cluster.protocol.WatcherMessage}, {@link
 * io.rpcenv.examples.cluster.protocol.MonitorMessage}. A message that implements {@code
 * RpcRequest} is asked, every other one is sent. The names are those of Apache Spark's standalone
 * cluster, so that its documentation explains these, too. Start with {@code MasterMessage}.
 */
@NullMarked
package io.rpcenv.examples.cluster.protocol;

import org.jspecify.annotations.NullMarked;
