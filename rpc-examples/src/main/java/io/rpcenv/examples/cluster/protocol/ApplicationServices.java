// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

import io.rpcenv.RpcEndpointRef;
import java.time.Duration;
import java.util.List;

/**
 * What an executor needs to know of its application before it can run a task.
 *
 * @param heartbeats who wants to hear that the executor is alive
 * @param heartbeatInterval how often
 * @param mapOutputs who knows what has been written for a shuffle
 * @param blocks who knows which executor keeps which block
 * @param commits who decides whose output counts
 * @param states who knows where the states of streams are
 * @param jar where the application's classes are, a URI of the driver's file server; empty if the
 *     application is one of the examples' own
 * @param plugins the classes of its plugins
 */
public record ApplicationServices(
    RpcEndpointRef heartbeats,
    Duration heartbeatInterval,
    RpcEndpointRef mapOutputs,
    RpcEndpointRef blocks,
    RpcEndpointRef commits,
    RpcEndpointRef states,
    String jar,
    List<String> plugins) {}
