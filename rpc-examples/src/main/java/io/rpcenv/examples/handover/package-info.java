// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * References as values, and answers that come late.
 *
 * <p>A coffee bar in three envs. A guest asks the {@link io.rpcenv.examples.handover.Desk} for a
 * drink and encloses a reference to itself. The desk makes nothing itself: it hands the guest's
 * reference on to the {@link io.rpcenv.examples.handover.Barista}, a third party that the guest
 * does not know, and answers the guest only when the barista has taken the order. Later the barista
 * calls the guest directly: the reference works wherever it is carried. Run it with {@code
 * bin/rpcenv handover}.
 */
@NullMarked
package io.rpcenv.examples.handover;

import org.jspecify.annotations.NullMarked;
