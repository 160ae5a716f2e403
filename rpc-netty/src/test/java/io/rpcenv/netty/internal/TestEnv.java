// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConf;
import io.rpcenv.netty.internal.channel.FilePieces;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;
import io.rpcenv.transport.Connection;
import io.rpcenv.transport.StreamSource;
import io.rpcenv.transport.Transport;
import io.rpcenv.transport.TransportLoop;
import io.rpcenv.transport.TransportSettings;
import io.rpcenv.transport.TransportThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A transport with a scripted env around it. */
final class TestEnv implements AutoCloseable {

  static final String HOST = "127.0.0.1";
  static final MessageClass SYSTEM = new MessageClass(1, "#1", 0);

  final EnvId id = EnvId.random();
  final String name;
  final TransportThreads threads;
  final Transport transport;
  final BlockingQueue<Recorder> accepted = new LinkedBlockingQueue<>();
  volatile TransportSettings.Acceptor acceptor = this::record;
  volatile StreamSource files =
      path -> {
        throw new NoSuchFileException(path);
      };
  int port;

  TestEnv(String name, String... conf) {
    this(name, "kryo-1", InetAddress::getByName, conf);
  }

  TestEnv(String name, String serializer, HostResolver resolver, String... conf) {
    this(name, serializer, new NettyTransportProvider(resolver), conf);
  }

  /** Sends files in a certain way. */
  TestEnv(String name, FilePieces pieces, String... conf) {
    this(name, "kryo-1", new NettyTransportProvider(InetAddress::getByName, pieces), conf);
  }

  /** One that shares threads; whoever made them ends them. */
  TestEnv(String name, TransportThreads threads) {
    this(name, "kryo-1", new NettyTransportProvider(InetAddress::getByName), conf(), threads);
  }

  private TestEnv(String name, String serializer, NettyTransportProvider provider, String... conf) {
    this(name, serializer, provider, conf(conf), provider.createThreads(name, conf(conf)));
  }

  private TestEnv(
      String name,
      String serializer,
      NettyTransportProvider provider,
      RpcConf conf,
      TransportThreads threads) {
    this.name = name;
    this.threads = threads;
    this.transport =
        provider.create(
            new TransportSettings(
                name,
                id,
                conf,
                serializer,
                TestEnv::messageClass,
                connection -> acceptor.accepted(connection),
                path -> files.open(path)),
            threads);
  }

  static RpcConf conf(String... pairs) {
    RpcConf.Builder builder = RpcConf.builder().set("rpc.io.threads", "2");
    for (int i = 0; i < pairs.length; i += 2) {
      builder.set(pairs[i], pairs[i + 1]);
    }
    return builder.build();
  }

  static MessageClass messageClass(int classId) {
    if (classId < MessageClass.FIRST_ID) {
      throw new IllegalArgumentException("id: " + classId);
    }
    return new MessageClass(classId, "test.Class" + classId, classId * 31L);
  }

  static EncodedMessage message(int classId, byte[] body) {
    return new EncodedMessage(messageClass(classId), classId, MessageBody.ofArray(body));
  }

  private void record(Connection connection) {
    Recorder recorder = new Recorder(connection);
    accepted.add(recorder);
    connection.start(recorder);
  }

  TestEnv listening() throws IOException {
    port = transport.bind(HOST, 0);
    transport.open(address());
    return this;
  }

  RpcAddress address() {
    return RpcAddress.of(HOST, port);
  }

  /** Connects and starts the connection. */
  Recorder connect(RpcAddress to) throws Exception {
    CompletableFuture<Recorder> result = new CompletableFuture<>();
    transport.connect(
        to,
        transport.nextLoop(),
        new Transport.ConnectListener() {
          @Override
          public void connected(Connection connection) {
            Recorder recorder = new Recorder(connection);
            connection.start(recorder);
            connection.flush();
            result.complete(recorder);
          }

          @Override
          public void failed(Throwable cause) {
            result.completeExceptionally(cause);
          }
        });
    return result.get(20, TimeUnit.SECONDS);
  }

  Recorder nextAccepted() throws Exception {
    Recorder next = accepted.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new TimeoutException("nothing was accepted");
    }
    return next;
  }

  /** Runs a step on a loop and waits for it. */
  static void on(TransportLoop loop, Runnable step) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            step.run();
            done.complete(null);
          } catch (Throwable fault) {
            done.completeExceptionally(fault);
          }
        });
    done.get(20, TimeUnit.SECONDS);
  }

  /** Names of threads that belong to this env. */
  Map<Thread, StackTraceElement[]> liveThreads() {
    Map<Thread, StackTraceElement[]> all = Thread.getAllStackTraces();
    all.keySet().removeIf(thread -> !thread.getName().startsWith("rpc-" + name + "-"));
    return all;
  }

  @Override
  public void close() {
    endTransport();
    threads.shutdown();
    try {
      assertThat(threads.awaitEnd(TimeUnit.SECONDS.toNanos(20))).as("threads are gone").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends what is this env's own. */
  void endTransport() {
    transport.shutdown().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
