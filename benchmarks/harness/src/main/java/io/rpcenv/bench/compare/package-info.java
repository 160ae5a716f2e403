// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/** Runs the systems beside one another, each in a JVM of its own; start at {@link Compare}. */
package io.rpcenv.bench.compare;
