// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * The cluster from outside: HTTP and JSON, a web page, and what both show.
 *
 * <p>Each process has a {@link io.rpcenv.examples.cluster.web.Reporter}, which sends the process's
 * counters, and the progress of its jobs if it is a driver, to the {@link
 * io.rpcenv.examples.cluster.web.Monitor} in the master's process. {@link
 * io.rpcenv.examples.cluster.web.WebServer} shows what the monitor knows and passes on what people
 * want of the master, through {@link io.rpcenv.examples.cluster.web.ClusterControl}. The page itself
 * is in {@code src/main/resources}, beside this package. Start with {@code WebServer}.
 */
@NullMarked
package io.rpcenv.examples.cluster.web;

import org.jspecify.annotations.NullMarked;
