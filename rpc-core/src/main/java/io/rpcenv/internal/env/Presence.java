// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RpcAddress;
import io.rpcenv.internal.dispatch.Dispatcher;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.transport.PeerInfo;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Which envs are connected, by any number of connections: endpoints hear of the first and the last
 * one. The events are posted while the env's entry is locked, so that no message of that env can
 * come between; posting never runs an endpoint.
 */
final class Presence {

  private record Entry(RpcAddress address, int connections) {}

  private final ConcurrentMap<EnvId, Entry> entries = new ConcurrentHashMap<>();
  private final Dispatcher dispatcher;

  Presence(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  /** Counts a connection in, before anything is read from it, and returns the peer's address. */
  RpcAddress opened(PeerInfo peer) {
    Entry entry =
        entries.compute(
            peer.envId(),
            (id, before) -> {
              if (before != null) {
                return new Entry(before.address(), before.connections() + 1);
              }
              dispatcher.connected(peer.displayAddress());
              return new Entry(peer.displayAddress(), 1);
            });
    return entry.address();
  }

  /** Counts a connection out, after all that came on it was posted. */
  void closed(PeerInfo peer) {
    entries.computeIfPresent(
        peer.envId(),
        (id, before) -> {
          if (before.connections() > 1) {
            return new Entry(before.address(), before.connections() - 1);
          }
          dispatcher.disconnected(before.address());
          return null;
        });
  }
}
