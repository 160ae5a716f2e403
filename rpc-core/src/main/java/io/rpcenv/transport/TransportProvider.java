// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.transport;

/** Makes transports; found as a service. */
public interface TransportProvider {

  /**
   * Makes a transport for one env and starts its threads.
   *
   * @param settings what it needs to know
   * @return the transport; the env shuts it down
   */
  Transport create(TransportSettings settings);
}
