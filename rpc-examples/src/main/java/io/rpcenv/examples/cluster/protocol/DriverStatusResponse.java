// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

import java.util.Optional;

/**
 * The master's answer to {@link MasterMessage.RequestDriverStatus}.
 *
 * @param status whether the master leads, so that it can know
 * @param driver the driver; empty if the master knows none of that id
 */
public record DriverStatusResponse(
    MasterStatus status, Optional<MasterStateResponse.DriverSummary> driver) {}
