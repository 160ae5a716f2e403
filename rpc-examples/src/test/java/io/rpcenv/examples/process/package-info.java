// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/** The example programs as real processes, started as a user starts them: by {@code bin/rpcenv}. */
package io.rpcenv.examples.process;
