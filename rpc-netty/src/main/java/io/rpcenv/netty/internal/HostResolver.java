// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the address of a host. May block; never called on a loop. */
@FunctionalInterface
public interface HostResolver {

  /**
   * Resolves a name.
   *
   * @param host the name, not an address
   * @return its address
   * @throws UnknownHostException if it has none
   */
  InetAddress resolve(String host) throws UnknownHostException;
}
