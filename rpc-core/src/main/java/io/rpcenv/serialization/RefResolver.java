// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.serialization;

import io.rpcenv.RpcEndpointRef;

/**
 * Turns references into what crosses the wire, and back. Given to a serializer with each call, so
 * that it needs no thread-local. Thread-safe; never blocks.
 */
public interface RefResolver {

  /**
   * Returns what a reference is on the wire.
   *
   * @param ref a reference of this env or of another env of this library
   * @return its identity
   * @throws IllegalArgumentException if the reference is of no env of this library
   */
  RefIdentity identify(RpcEndpointRef ref);

  /**
   * Returns a reference of this env for what came over the wire.
   *
   * @param identity what came
   * @return a reference that works in this env
   */
  RpcEndpointRef resolve(RefIdentity identity);
}
