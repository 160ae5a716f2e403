// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.hello;

/**
 * Sent; nobody answers.
 *
 * @param name who leaves
 */
record SayBye(String name) {}
