// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * What the example programs share: options, exit codes, where to listen, and how a process started
 * by another one ends with it. {@link io.rpcenv.examples.cli.Program} is where each {@code main}
 * begins.
 */
@NullMarked
package io.rpcenv.examples.cli;

import org.jspecify.annotations.NullMarked;
