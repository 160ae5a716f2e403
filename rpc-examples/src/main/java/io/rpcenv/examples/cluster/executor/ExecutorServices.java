// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.executor;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.examples.cluster.data.TaskCodec;
import io.rpcenv.examples.cluster.storage.BlockManager;
import io.rpcenv.examples.cluster.streaming.StateStores;
import io.rpcenv.plugin.ExecutorPlugins;
import java.util.Optional;

/**
 * What all tasks of an executor share.
 *
 * @param executorId which executor
 * @param blocks its blocks
 * @param blockEndpoint where others get them
 * @param mapOutputs the {@code MapOutputTracker}
 * @param commits the {@code OutputCommitCoordinator}
 * @param states the states of streams that are here
 * @param codec decodes what is the application's
 * @param plugins are told of each task, if there are any
 * @param results brings results to the driver
 */
public record ExecutorServices(
    String executorId,
    BlockManager blocks,
    RpcEndpointRef blockEndpoint,
    RpcEndpointRef mapOutputs,
    RpcEndpointRef commits,
    StateStores states,
    TaskCodec codec,
    Optional<ExecutorPlugins> plugins,
    Results results) {}
