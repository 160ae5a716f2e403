// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * How messages reach endpoints: one inbox each, run by an executor. Internal: may change at any
 * time. Start at {@link io.rpcenv.internal.dispatch.Dispatcher}.
 */
@NullMarked
package io.rpcenv.internal.dispatch;

import org.jspecify.annotations.NullMarked;
