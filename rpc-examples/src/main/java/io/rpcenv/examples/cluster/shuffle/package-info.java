// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/** Who has written what of a shuffle, and which attempt's output counts. Beside the driver. */
@NullMarked
package io.rpcenv.examples.cluster.shuffle;

import org.jspecify.annotations.NullMarked;
