// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import io.rpcenv.transport.Target;

/**
 * The way to one endpoint of a peer.
 *
 * @param path the path to the peer
 * @param target the endpoint, as that path knows it
 */
public record Route(Outbox path, Target target) {

  /** Returns the way to the endpoint of that name. */
  public static Route over(Outbox path, String name) {
    return new Route(path, path.target(name));
  }
}
