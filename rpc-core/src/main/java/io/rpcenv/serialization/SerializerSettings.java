// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.serialization;

import io.rpcenv.RpcConf;

/**
 * What a serializer needs to know.
 *
 * @param conf the env's configuration
 * @param types the allow-list
 * @param classLoader where classes named on the wire are looked up
 */
public record SerializerSettings(RpcConf conf, MessageTypes types, ClassLoader classLoader) {}
