// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * The smallest example: a server with one endpoint, and a client that asks it and sends to it.
 *
 * <p>Start with {@link io.rpcenv.examples.hello.Greeter}; then {@code bin/rpcenv hello-server} in
 * one terminal and {@code bin/rpcenv hello-client neo} in another.
 */
@NullMarked
package io.rpcenv.examples.hello;

import org.jspecify.annotations.NullMarked;
