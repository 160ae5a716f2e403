// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * One ask from both ends: the asker's future with its deadline, the receiver's way to answer, and
 * failures as data. Internal: may change at any time. Start at {@link
 * io.rpcenv.internal.call.AskFuture}.
 */
@NullMarked
package io.rpcenv.internal.call;

import org.jspecify.annotations.NullMarked;
