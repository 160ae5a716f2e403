// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.hello;

import io.rpcenv.RpcRequest;

/**
 * Asked, and answered with a greeting.
 *
 * @param name whom to greet
 */
record SayHi(String name) implements RpcRequest<String> {}
