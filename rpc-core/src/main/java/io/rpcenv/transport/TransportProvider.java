// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.transport;

import io.rpcenv.RpcConf;

/** Makes transports; found as a service. */
public interface TransportProvider {

  /**
   * Starts the threads of one env, or of several that share them.
   *
   * @param name part of their names
   * @param conf how many, for which kind of sockets, and how long they poll before they sleep
   * @return the threads; to be shut down after the last transport on them
   */
  TransportThreads createThreads(String name, RpcConf conf);

  /**
   * Makes a transport for one env.
   *
   * @param settings what it needs to know
   * @param threads where it runs, from {@link #createThreads} of a provider of this class
   * @return the transport; the env shuts it down
   */
  Transport create(TransportSettings settings, TransportThreads threads);
}
