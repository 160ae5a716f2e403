// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcEndpointAddress;
import io.rpcenv.RpcTimeout;
import io.rpcenv.internal.call.DeadlineTimer;
import io.rpcenv.internal.call.LocalDeadlines;
import io.rpcenv.internal.outbound.FakeConnection;
import io.rpcenv.internal.outbound.FakeTransport;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.testing.memory.StepLoop;
import io.rpcenv.transport.PeerInfo;
import java.time.Duration;
import java.util.Optional;

/** The paths of an env to others, over a stepped loop and connections that the test makes. */
final class PeersRig {

  private static final EnvId THEM = new EnvId(1, 2);
  private static final RpcAddress SOCKET = RpcAddress.of("10.0.0.9", 4000);

  final StepLoop loop = new StepLoop();
  final FakeTransport transport = new FakeTransport(loop);
  private final Wires wires = new Wires(transport, RpcConf.defaults());
  final Peers peers = wires.peers;
  private final DeadlineTimer timer = new DeadlineTimer("me");
  private final LocalDeadlines deadlines = new LocalDeadlines(timer);

  /** Returns another env that listens. */
  static PeerInfo listening(RpcAddress advertised) {
    return new PeerInfo(THEM, "them", Optional.of(advertised), SOCKET, 1000);
  }

  /** Returns a connection of the same env, which does not listen, on a loop of its own. */
  static FakeConnection fromClient(StepLoop on) {
    return new FakeConnection(new PeerInfo(THEM, "them", Optional.empty(), SOCKET, 1000), on);
  }

  /** Opens the connection that a path is waiting for, to an env that advertises an address. */
  void connectTo(RpcAddress advertised) {
    transport.succeed(new FakeConnection(listening(advertised), loop));
  }

  /** Looks an endpoint up. */
  Lookup lookUp(RpcAddress address, Duration timeout) {
    RpcTimeout limit = RpcTimeout.of(timeout);
    LocalPath local =
        new LocalPath(
            "me",
            wires.envId,
            Optional.empty(),
            wires.dispatcher,
            deadlines,
            wires.events,
            () -> false);
    RemotePath path =
        new RemotePath("me", peers, wires.codec, deadlines, wires.events, () -> false);
    EnvRefs refs = new EnvRefs(local, limit, () -> Optional.of(path));
    Lookup lookup = Lookup.start(refs, local, path, RpcEndpointAddress.of(address, "e"), limit);
    loop.runUntilIdle();
    return lookup;
  }

  void close() throws Exception {
    timer.end();
    wires.close();
  }
}
