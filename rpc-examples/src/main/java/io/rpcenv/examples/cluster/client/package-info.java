// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * The client part of an application: its line to the master.
 *
 * <p>{@link io.rpcenv.examples.cluster.client.AppClient} registers the application and turns what
 * the master says about executors and workers into messages for the driver.
 */
@NullMarked
package io.rpcenv.examples.cluster.client;

import org.jspecify.annotations.NullMarked;
