// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/** Runs the tests of hand-offs under jcstress. Start at {@link io.rpcenv.bench.stress.Stress}. */
package io.rpcenv.bench.stress;
