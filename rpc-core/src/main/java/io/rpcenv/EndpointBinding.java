// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

/**
 * What an endpoint gets from the env that hosts it. Implemented by the env; users meet it only
 * through {@link RpcEndpoint#self()}, {@link RpcEndpoint#rpcEnv()} and {@link RpcEndpoint#stop()}.
 */
public interface EndpointBinding {

  /**
   * Returns the endpoint's own reference.
   *
   * @throws IllegalStateException before {@code onStart} and from {@code onStop} on; the text names
   *     the endpoint and its state
   */
  RpcEndpointRef self();

  /** Returns the env that hosts the endpoint. */
  RpcEnv env();

  /** Stops the endpoint: what was accepted before is handled, then {@code onStop} runs. */
  void stop();
}
