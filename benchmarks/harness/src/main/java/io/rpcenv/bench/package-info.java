// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/** The work, the same for every system, and what measures it; start at {@link BenchSystem}. */
package io.rpcenv.bench;
