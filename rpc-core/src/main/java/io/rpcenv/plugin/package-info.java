// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * Extensions of a program that has one driver and many executors, over its own {@link
 * io.rpcenv.RpcEnv}s. Start at {@link io.rpcenv.plugin.RpcPlugin}; the names and the life cycle are
 * those of Apache Spark's plugin framework ({@code org.apache.spark.api.plugin}).
 */
@NullMarked
package io.rpcenv.plugin;

import org.jspecify.annotations.NullMarked;
