// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * Compiles and runs the Java code in README.md and docs. Start at {@link
 * io.rpcenv.netty.docs.DocSnippetsTest}.
 */
@NullMarked
package io.rpcenv.netty.docs;

import org.jspecify.annotations.NullMarked;
