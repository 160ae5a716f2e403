// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

import io.rpcenv.RpcEndpointRef;

/**
 * The application is registered.
 *
 * @param appId the application's id
 * @param master the master as it calls itself; its address is the one that network events name
 * @param epoch the master's, see {@link WorkerMessage}
 */
public record RegisteredApplication(String appId, RpcEndpointRef master, long epoch)
    implements RegisterApplicationResponse {}
