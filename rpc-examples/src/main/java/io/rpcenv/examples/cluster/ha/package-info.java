// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * What lets a cluster survive its master: where the master's state is kept, and who leads when
 * there are several masters. Start with {@link
 * io.rpcenv.examples.cluster.ha.HighAvailability}.
 */
@NullMarked
package io.rpcenv.examples.cluster.ha;

import org.jspecify.annotations.NullMarked;
