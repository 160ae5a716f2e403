// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * The behaviour suite, written once and run over each way to wire envs together. Start at {@link
 * io.rpcenv.contract.Contract}; a runner extends the contracts and says how to wire.
 */
@NullMarked
package io.rpcenv.contract;

import org.jspecify.annotations.NullMarked;
