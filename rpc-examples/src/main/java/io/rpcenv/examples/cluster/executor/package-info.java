// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * The executor: an endpoint that registers with a driver and runs that driver's tasks on threads of
 * its own, so that a long task holds up no message; and what a task finds there. Start with {@link
 * io.rpcenv.examples.cluster.executor.CoarseGrainedExecutorBackend}.
 */
@NullMarked
package io.rpcenv.examples.cluster.executor;

import org.jspecify.annotations.NullMarked;
