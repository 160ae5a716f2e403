// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * The seam between the core and a transport, for the library's own modules only; it may change at
 * any time. Start at {@link io.rpcenv.transport.Transport}.
 */
@NullMarked
package io.rpcenv.transport;

import org.jspecify.annotations.NullMarked;
