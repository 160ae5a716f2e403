// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * Endpoints, references and environments: everything a user of the library writes against. Start at
 * {@code RpcEnv}.
 */
@NullMarked
package io.rpcenv;

import org.jspecify.annotations.NullMarked;
