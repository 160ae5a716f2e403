// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import static io.rpcenv.netty.internal.TestEnv.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;
import io.rpcenv.transport.Connection;
import io.rpcenv.transport.ConnectionHandler;
import io.rpcenv.transport.Target;
import io.rpcenv.transport.Transport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the core may do in a callback, and what happens when that fails. */
@Timeout(60)
class HandlerFaultTest {

  private WarnLog log;
  private TestEnv server;
  private TestEnv client;

  @BeforeEach
  void open() throws Exception {
    log = new WarnLog("client");
    server = new TestEnv("server").listening();
    client = new TestEnv("client", "rpc.io.threads", "1");
  }

  @AfterEach
  void loopStillWorks() throws Exception {
    Recorder there = client.connect(server.address());
    there.write(() -> there.connection.close("enough"));
    assertThat(there.next()).contains("enough");
    client.close();
    server.close();
    log.close();
  }

  @Test
  void faultInAFrameCallbackClosesThatConnection() throws Exception {
    Faulty faulty = new Faulty();
    Connection connection = connect(faulty);
    Recorder here = server.nextAccepted();
    here.write(() -> here.connection.writeOneWay(new Target("a"), message(256, new byte[1])));
    assertThat(faulty.closed.get(20, TimeUnit.SECONDS)).contains("a frame could not be handled");
    assertThat(here.next()).startsWith("closed ");
    assertThat(log.lines()).hasSize(1).first().asString().startsWith("ERROR [client] closed");
    assertThat(connection.loop()).isNotNull();
  }

  @Test
  void faultInConnectedClosesThatConnection() throws Exception {
    CompletableFuture<Connection> seen = new CompletableFuture<>();
    client.transport.connect(
        server.address(),
        client.transport.nextLoop(),
        listener(
            connection -> {
              connection.start(new Recorder(connection));
              seen.complete(connection);
              throw new IllegalStateException("on purpose");
            }));
    seen.get(20, TimeUnit.SECONDS);
    assertThat(server.nextAccepted().next()).startsWith("closed ");
    assertThat(log.lines()).hasSize(1).first().asString().contains("a callback failed");
  }

  @Test
  void declinedConnectionNeverCounts() throws Exception {
    try (WarnLog serverLog = new WarnLog("server")) {
      CompletableFuture<Connection> seen = new CompletableFuture<>();
      client.transport.connect(
          server.address(),
          client.transport.nextLoop(),
          listener(
              connection -> {
                connection.close("not needed");
                seen.complete(connection);
              }));
      assertThat(seen.get(20, TimeUnit.SECONDS).peer().envName()).isEqualTo("server");
      Recorder next = client.connect(server.address());
      Recorder here = server.nextAccepted();
      assertThat(here.connection.peer().socketAddress()).isNotNull();
      next.write(() -> next.connection.close("enough"));
      assertThat(here.next()).startsWith("closed ");
      assertThat(server.accepted).isEmpty();
      assertThat(serverLog.lines()).isEmpty();
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void nothingIsReadBeforeStart() throws Exception {
    CompletableFuture<Connection> seen = new CompletableFuture<>();
    server.acceptor = connection -> seen.complete(connection);
    Recorder there = client.connect(server.address());
    there.write(() -> there.connection.writeOneWay(new Target("a"), message(256, new byte[9000])));
    Connection connection = seen.get(20, TimeUnit.SECONDS);
    there.write(() -> there.connection.close("enough"));
    assertThat(there.next()).startsWith("closed ");
    Recorder late = new Recorder(connection);
    TestEnv.on(
        connection.loop(),
        () -> {
          connection.start(late);
          assertThat(late.events).isEmpty();
        });
    assertThat(late.next()).startsWith("class 256");
    assertThat(late.next()).startsWith("oneWay a");
    assertThat(late.next()).startsWith("closed ");
  }

  private Connection connect(ConnectionHandler handler) throws Exception {
    CompletableFuture<Connection> result = new CompletableFuture<>();
    client.transport.connect(
        server.address(),
        client.transport.nextLoop(),
        listener(
            connection -> {
              connection.start(handler);
              result.complete(connection);
            }));
    return result.get(20, TimeUnit.SECONDS);
  }

  private static Transport.ConnectListener listener(Consumer<Connection> connected) {
    return new Transport.ConnectListener() {
      @Override
      public void connected(Connection connection) {
        connected.accept(connection);
      }

      @Override
      public void failed(Throwable cause) {
        throw new AssertionError(cause);
      }
    };
  }

  private static final class Faulty implements ConnectionHandler {

    private final CompletableFuture<String> closed = new CompletableFuture<>();

    @Override
    public void classDefined(MessageClass announced) {}

    @Override
    public void oneWay(String endpoint, MessageClass messageClass, MessageBody body) {
      throw new IllegalStateException("on purpose");
    }

    @Override
    public void request(
        long callId, String endpoint, MessageClass messageClass, MessageBody body) {}

    @Override
    public void reply(
        long callId, MessageClass messageClass, MessageBody body, boolean transientBody) {}

    @Override
    public void failure(long callId, byte[] failure) {}

    @Override
    public void readEnd() {}

    @Override
    public void cancel(long callId) {}

    @Override
    public void writable() {}

    @Override
    public void closed(Throwable cause) {
      closed.complete(cause.getMessage());
    }
  }
}
