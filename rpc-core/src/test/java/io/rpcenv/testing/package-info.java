// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/** Test support that every module gets through this test-jar. Start at {@link BuildGuard}. */
@NullMarked
package io.rpcenv.testing;

import org.jspecify.annotations.NullMarked;
