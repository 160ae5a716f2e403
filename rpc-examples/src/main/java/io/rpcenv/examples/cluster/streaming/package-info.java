// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * Streams as small jobs, one after the other: what a stream keeps from batch to batch, and which
 * executor has it.
 */
@NullMarked
package io.rpcenv.examples.cluster.streaming;

import org.jspecify.annotations.NullMarked;
