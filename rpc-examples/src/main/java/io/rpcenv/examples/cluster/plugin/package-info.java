// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/** Plugins of the cluster's applications; {@code submit --plugins} names them. */
@NullMarked
package io.rpcenv.examples.cluster.plugin;

import org.jspecify.annotations.NullMarked;
