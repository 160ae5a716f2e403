// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.streaming;

/**
 * The state of one part of a stream.
 *
 * @param store which stream's
 * @param partition which part, from 0
 */
public record StateStoreId(int store, int partition) {}
