// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcEnv;
import io.rpcenv.internal.dispatch.Dispatcher;
import io.rpcenv.internal.queue.ByteBudget;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.serialization.MessageTypes;
import io.rpcenv.serialization.SerializerSettings;
import io.rpcenv.testing.memory.JavaTestSerializer;
import io.rpcenv.testing.memory.StepLoop;
import io.rpcenv.transport.Connection;
import io.rpcenv.transport.ConnectionHandler;
import io.rpcenv.transport.PeerInfo;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Promise 3: a new connection of an env is read after the last frame of the old one. */
@Timeout(20)
class PeersTest {

  /** A connection that belongs to a loop of its own. */
  private static final class Line {

    private final StepLoop loop = new StepLoop();
    private ConnectionHandler handler;
    private String closedBecause = "";

    Connection connection() {
      PeerInfo peer =
          new PeerInfo(
              new EnvId(1, 2), "them", Optional.empty(), RpcAddress.of("10.0.0.9", 4000), 1000);
      return (Connection)
          Proxy.newProxyInstance(
              Connection.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "peer" -> peer;
                    case "loop" -> loop;
                    case "isWritable" -> true;
                    case "start" -> handler = (ConnectionHandler) arguments[0];
                    case "close" -> closedBecause = (String) arguments[0];
                    case "hashCode" -> 1;
                    default -> null;
                  });
    }
  }

  @Test
  void aNewConnectionIsNotReadBeforeTheOldOneHasEnded() throws Exception {
    try (RpcEnv env = RpcEnv.builder("me").build()) {
      EnvEvents events = new EnvEvents("me", List.of(), 0);
      Dispatcher dispatcher =
          new Dispatcher(env, RpcConf.defaults(), events, (e, i) -> {}, Optional.empty());
      SerializerSettings settings =
          new SerializerSettings(
              RpcConf.defaults(),
              MessageTypes.of(List.of(), List.of()),
              PeersTest.class.getClassLoader());
      MessageCodec codec =
          new MessageCodec(
              JavaTestSerializer.provider().create(settings),
              null,
              1000,
              PeersTest.class.getClassLoader());
      InboundRouter router =
          new InboundRouter(
              dispatcher,
              codec,
              events,
              new ByteBudget(1000),
              new Presence(dispatcher),
              name -> name,
              () -> false);
      Peers peers = new Peers("me", new EnvId(9, 9), RpcConf.defaults(), null, router);
      Line first = new Line();
      Line second = new Line();
      first.loop.run(() -> peers.accepted(first.connection()));
      assertThat(first.handler).isNotNull();
      second.loop.run(() -> peers.accepted(second.connection()));
      first.loop.runUntilIdle();
      second.loop.runUntilIdle();
      assertThat(first.closedBecause).isEqualTo("env [them] has opened a new connection");
      assertThat(second.handler).as("the old connection has not ended").isNull();
      first.loop.run(() -> first.handler.closed(new Exception("closed")));
      second.loop.runUntilIdle();
      assertThat(second.handler).isNotNull();
      dispatcher.stopAll().get(10, TimeUnit.SECONDS);
      dispatcher.end(TimeUnit.SECONDS.toNanos(10));
    }
  }
}
