// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcEnv;
import io.rpcenv.internal.dispatch.Dispatcher;
import io.rpcenv.internal.dispatch.WorkerPool;
import io.rpcenv.internal.queue.ByteBudget;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.serialization.MessageTypes;
import io.rpcenv.serialization.SerializerSettings;
import io.rpcenv.testing.memory.JavaTestSerializer;
import io.rpcenv.testing.memory.StepLoop;
import io.rpcenv.transport.Connection;
import io.rpcenv.transport.ConnectionHandler;
import io.rpcenv.transport.PeerInfo;
import io.rpcenv.transport.Transport;
import io.rpcenv.transport.TransportLoop;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The paths of an env on stepped loops, without the env around them. */
final class Wires {

  final ByteBudget budget;
  final EnvEvents events = new EnvEvents("me", List.of(), 0);
  final MessageCodec codec;
  final Peers peers;
  final EnvId envId = new EnvId(9, 9);
  private final RpcEnv env = RpcEnv.builder("me").build();
  private final WorkerPool shared = WorkerPool.shared("me", RpcConf.defaults());
  final Dispatcher dispatcher =
      new Dispatcher(env, RpcConf.defaults(), events, (e, i) -> {}, shared, Optional.empty());

  Wires(@Nullable Transport transport, RpcConf conf) {
    this(transport, conf, 1000);
  }

  Wires(@Nullable Transport transport, RpcConf conf, long inboundMaxBytes) {
    budget = new ByteBudget(inboundMaxBytes);
    ClassLoader loader = Wires.class.getClassLoader();
    SerializerSettings settings =
        new SerializerSettings(RpcConf.defaults(), MessageTypes.of(List.of(), List.of()), loader);
    codec = new MessageCodec(JavaTestSerializer.provider().create(settings), null, 1000, loader);
    InboundRouter router =
        new InboundRouter(
            dispatcher, codec, events, budget, new Presence(dispatcher), name -> name, () -> false);
    peers = new Peers("me", envId, conf, transport, router);
  }

  void close() throws Exception {
    dispatcher.stopAll().get(10, TimeUnit.SECONDS);
    dispatcher.end(TimeUnit.SECONDS.toNanos(10));
    shared.end();
    env.close();
  }

  /** A transport of one stepped loop, whose attempts to connect end when the test says so. */
  static final class Net implements Transport {

    final StepLoop loop = new StepLoop();
    final Deque<ConnectListener> attempts = new ArrayDeque<>();

    /** Lets the oldest attempt reach a listening env. */
    Line connect(long id, RpcAddress advertised) {
      Line line = new Line(loop, id, Optional.of(advertised));
      ConnectListener first = attempts.remove();
      loop.run(() -> first.connected(line.connection()));
      return line;
    }

    /** Lets the oldest attempt fail. */
    void fail() {
      ConnectListener first = attempts.remove();
      loop.run(() -> first.failed(new IOException("refused")));
    }

    @Override
    public TransportLoop nextLoop() {
      return loop;
    }

    @Override
    public void connect(RpcAddress address, TransportLoop on, ConnectListener listener) {
      attempts.add(listener);
    }

    @Override
    public int bind(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void open(RpcAddress advertised) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> shutdown() {
      return CompletableFuture.completedFuture(null);
    }
  }

  /** A connection that belongs to a loop of its own. */
  static final class Line {

    final StepLoop loop;
    final PeerInfo peer;
    final List<String> failures = new ArrayList<>();
    final List<String> requests = new ArrayList<>();
    private @Nullable Connection connection;
    @Nullable ConnectionHandler handler;
    String closedBecause = "";

    /** From a client of an id. */
    Line(long id) {
      this(new StepLoop(), id, Optional.empty());
    }

    Line(StepLoop loop, long id, Optional<RpcAddress> advertised) {
      this.loop = loop;
      this.peer =
          new PeerInfo(new EnvId(1, id), "them", advertised, RpcAddress.of("10.0.0.9", 4000), 1000);
    }

    private Object begin(ConnectionHandler reader) {
      handler = reader;
      return this;
    }

    private Object end(String reason) {
      closedBecause = reason;
      return this;
    }

    Connection connection() {
      if (connection == null) {
        connection = newConnection();
      }
      return connection;
    }

    private Object request(Object callId, EncodedMessage message) {
      message.body().release();
      return requests.add("request " + callId);
    }

    private Connection newConnection() {
      return (Connection)
          Proxy.newProxyInstance(
              Connection.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "peer" -> peer;
                    case "loop" -> loop;
                    case "isWritable" -> true;
                    case "writeCancel" -> false;
                    case "start" -> begin((ConnectionHandler) arguments[0]);
                    case "close" -> end((String) arguments[0]);
                    case "writeRequest" -> request(arguments[0], (EncodedMessage) arguments[2]);
                    case "writeFailure" -> failures.add("failure of " + arguments[0]);
                    case "hashCode" -> 1;
                    case "equals" -> proxy == arguments[0];
                    default -> null;
                  });
    }
  }
}
