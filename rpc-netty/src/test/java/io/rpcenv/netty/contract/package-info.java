// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/** The behaviour suite over Netty, in one JVM and in two. */
@NullMarked
package io.rpcenv.netty.contract;

import org.jspecify.annotations.NullMarked;
