// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * A plugin: its executor parts ask the driver part for a factor, work, and send what came out.
 *
 * <p>Start with {@link io.rpcenv.examples.plugin.ScalingPlugin}; then {@code bin/rpcenv plugin} for
 * all of it in one process, or {@code bin/rpcenv plugin-driver} in one terminal and {@code
 * bin/rpcenv plugin-executor 4} in others.
 */
@NullMarked
package io.rpcenv.examples.plugin;

import org.jspecify.annotations.NullMarked;
