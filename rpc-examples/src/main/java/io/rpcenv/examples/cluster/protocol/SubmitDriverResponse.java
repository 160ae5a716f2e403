// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

/**
 * The master's answer to {@link MasterMessage.RequestSubmitDriver}.
 *
 * @param success whether the driver is on the master's list now
 * @param driverId its id; empty if not
 * @param message why not, for people
 */
public record SubmitDriverResponse(boolean success, String driverId, String message) {}
