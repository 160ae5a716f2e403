// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * An env put together: references, look-ups, what comes in from other envs, and the end. Internal:
 * may change at any time. Start at {@link io.rpcenv.internal.env.DefaultRpcEnv}.
 */
@NullMarked
package io.rpcenv.internal.env;

import org.jspecify.annotations.NullMarked;
