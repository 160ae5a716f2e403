// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * What a serializer implements and what it may rely on. Start at {@link
 * io.rpcenv.serialization.Serializer}.
 */
@NullMarked
package io.rpcenv.serialization;

import org.jspecify.annotations.NullMarked;
