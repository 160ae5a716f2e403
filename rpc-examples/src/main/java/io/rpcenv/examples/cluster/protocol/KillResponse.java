// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

/**
 * The master's answer to a request to end something.
 *
 * @param success whether it is being ended
 * @param message what happens now, or why nothing does, for people
 */
public record KillResponse(boolean success, String message) {}
