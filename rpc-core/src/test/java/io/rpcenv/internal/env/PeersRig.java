// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcEndpointAddress;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcTimeout;
import io.rpcenv.internal.call.LocalDeadlines;
import io.rpcenv.internal.dispatch.Dispatcher;
import io.rpcenv.internal.outbound.FakeConnection;
import io.rpcenv.internal.outbound.FakeTransport;
import io.rpcenv.internal.queue.ByteBudget;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.serialization.MessageTypes;
import io.rpcenv.serialization.SerializerSettings;
import io.rpcenv.testing.memory.JavaTestSerializer;
import io.rpcenv.testing.memory.StepLoop;
import io.rpcenv.transport.PeerInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The paths of an env to others, over a stepped loop and connections that the test makes. */
final class PeersRig implements AutoCloseable {

  static final EnvId THEM = new EnvId(1, 2);

  private static final EnvId ME = new EnvId(9, 9);
  private static final RpcAddress SOCKET = RpcAddress.of("10.0.0.9", 4000);

  final StepLoop loop = new StepLoop();
  final FakeTransport transport = new FakeTransport(loop);
  final Peers peers;
  private final RpcEnv env = RpcEnv.builder("me").build();
  private final EnvEvents events = new EnvEvents("me", List.of(), 0);
  private final LocalDeadlines deadlines = new LocalDeadlines("me");
  private final Dispatcher dispatcher =
      new Dispatcher(env, RpcConf.defaults(), events, (e, i) -> {}, Optional.empty());
  private final MessageCodec codec;

  PeersRig() {
    ClassLoader loader = PeersRig.class.getClassLoader();
    SerializerSettings settings =
        new SerializerSettings(RpcConf.defaults(), MessageTypes.of(List.of(), List.of()), loader);
    codec = new MessageCodec(JavaTestSerializer.provider().create(settings), null, 1000, loader);
    InboundRouter router =
        new InboundRouter(
            dispatcher,
            codec,
            events,
            new ByteBudget(1000),
            new Presence(dispatcher),
            name -> name,
            () -> false);
    peers = new Peers("me", ME, RpcConf.defaults(), transport, router);
  }

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
    LocalPath local =
        new LocalPath("me", ME, Optional.empty(), dispatcher, deadlines, events, () -> false);
    RpcTimeout limit = RpcTimeout.of(timeout);
    RemotePath path = new RemotePath("me", peers, codec, deadlines, events, () -> false);
    EnvRefs refs = new EnvRefs(local, limit, () -> Optional.of(path));
    Lookup lookup = Lookup.start(refs, local, path, RpcEndpointAddress.of(address, "e"), limit);
    loop.runUntilIdle();
    return lookup;
  }

  @Override
  public void close() throws Exception {
    dispatcher.stopAll().get(10, TimeUnit.SECONDS);
    dispatcher.end(TimeUnit.SECONDS.toNanos(10));
    deadlines.end();
    env.close();
  }
}
