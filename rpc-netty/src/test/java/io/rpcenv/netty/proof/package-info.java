// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * Faults put in on purpose, to show that they turn the build red: see {@code .ci/proofs}. Nothing
 * here runs by default.
 */
@NullMarked
package io.rpcenv.netty.proof;

import org.jspecify.annotations.NullMarked;
