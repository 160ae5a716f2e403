// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.serialization;

import io.rpcenv.RpcAddress;
import java.util.Optional;

/**
 * What a reference is on the wire.
 *
 * @param envId the env that owns the endpoint
 * @param address that env's advertised address; empty if it has no listener
 * @param name the endpoint's name
 */
public record RefIdentity(EnvId envId, Optional<RpcAddress> address, String name) {}
