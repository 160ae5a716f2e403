// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import static io.rpcenv.netty.internal.TestEnv.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.rpcenv.RpcAddress;
import io.rpcenv.netty.internal.codec.WireFormat;
import io.rpcenv.transport.LoopThread;
import io.rpcenv.transport.Target;
import io.rpcenv.transport.TransportLoop;
import java.io.DataInputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Two transports in one JVM. */
@Timeout(60)
class NettyTransportTest {

  private static final byte[] SMALL = {1, 2, 3};

  @ParameterizedTest
  @ValueSource(strings = {"nio", "auto"})
  void carriesEveryKindOfSmallFrameBothWays(String kind) throws Exception {
    try (TestEnv server = new TestEnv("server", "rpc.transport", kind).listening();
        TestEnv client = new TestEnv("client", "rpc.transport", kind)) {
      Recorder there = client.connect(server.address());
      Recorder here = server.nextAccepted();
      there.write(
          () -> {
            Target target = new Target("greeter");
            there.connection.writeOneWay(target, message(257, SMALL));
            there.connection.writeRequest(5, target, message(256, new byte[5000]));
            there.connection.writeRequest(6, target, message(256, new byte[100_000]));
            there.connection.writeCancel(5);
          });
      assertThat(here.next()).isEqualTo("class 256 test.Class256");
      assertThat(here.next()).isEqualTo("class 257 test.Class257");
      assertThat(here.next()).isEqualTo("oneWay greeter test.Class257 " + Recorder.text(SMALL));
      assertThat(here.next())
          .isEqualTo("request 5 greeter test.Class256 " + Recorder.text(new byte[5000]));
      assertThat(here.next())
          .isEqualTo("request 6 greeter test.Class256 " + Recorder.text(new byte[100_000]));
      assertThat(here.next()).isEqualTo("cancel 5");
      here.write(
          () -> {
            here.connection.writeReply(5, message(256, SMALL));
            here.connection.writeReply(6, message(256, new byte[20_000]));
            here.connection.writeFailure(7, new byte[] {9});
            here.connection.writeFailure(8, new byte[60_000]);
          });
      assertThat(there.next()).isEqualTo("class 256 test.Class256");
      assertThat(there.next()).isEqualTo("reply 5 test.Class256 " + Recorder.text(SMALL));
      assertThat(there.next())
          .isEqualTo("reply 6 test.Class256 " + Recorder.text(new byte[20_000]));
      assertThat(there.next()).isEqualTo("failure 7 " + Recorder.text(new byte[] {9}));
      assertThat(there.next()).isEqualTo("failure 8 " + Recorder.text(new byte[60_000]));
      assertThat(there.connection.peer().envId()).isEqualTo(server.id);
      assertThat(there.connection.peer().address()).contains(server.address());
      assertThat(here.connection.peer().envName()).isEqualTo("client");
      assertThat(here.connection.peer().address()).isEqualTo(Optional.empty());
      there.write(() -> there.connection.close("enough"));
      assertThat(there.next())
          .isEqualTo("closed connection with [" + server.address() + "] closed: enough");
      assertThat(here.next()).startsWith("closed ").contains("by the peer");
      assertThat(there.events).isEmpty();
      assertThat(here.events).isEmpty();
    }
  }

  @Test
  void connectSaysThatNobodyListens() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0)) {
      port = taken.getLocalPort();
    }
    try (TestEnv client = new TestEnv("client")) {
      assertThatThrownBy(() -> client.connect(RpcAddress.of(TestEnv.HOST, port)))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining("127.0.0.1:" + port)
          .hasMessageContaining("refused");
    }
  }

  @Test
  void connectSaysThatTheHostIsUnknown() {
    HostResolver nowhere =
        host -> {
          throw new UnknownHostException(host);
        };
    try (TestEnv client = new TestEnv("client", "kryo-1", nowhere)) {
      assertThatThrownBy(() -> client.connect(RpcAddress.of("x.invalid", 1)))
          .cause()
          .isInstanceOf(UnknownHostException.class)
          .hasMessage("unknown host [x.invalid]");
    }
  }

  @Test
  void lookUpThatHangsEndsAtTheConnectTimeout() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    HostResolver hanging =
        host -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new UnknownHostException(host);
        };
    try (TestEnv client =
        new TestEnv("client", "kryo-1", hanging, "rpc.connect.timeout", "100ms")) {
      assertThatThrownBy(() -> client.connect(RpcAddress.of("slow.invalid", 1)))
          .hasMessageContaining("slow.invalid")
          .hasMessageContaining("100 ms")
          .hasMessageContaining("rpc.connect.timeout");
    }
  }

  /** A listener whose queue is full lets connects wait. L2: the channel is closed then. */
  @ParameterizedTest
  @ValueSource(strings = {"nio", "auto"})
  void connectSaysThatItTimedOut(String kind) throws Exception {
    List<SocketChannel> queued = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        TestEnv client =
            new TestEnv("client", "rpc.transport", kind, "rpc.connect.timeout", "200ms")) {
      for (int i = 0; i < 8; i++) {
        SocketChannel socket = SocketChannel.open();
        queued.add(socket);
        socket.configureBlocking(false);
        socket.connect(full.getLocalSocketAddress());
      }
      assertThatThrownBy(() -> client.connect(RpcAddress.of(TestEnv.HOST, full.getLocalPort())))
          .cause()
          .isInstanceOf(ConnectException.class)
          .hasMessage(
              "connect to [127.0.0.1:%d] failed: timed out after [200 ms] (rpc.connect.timeout)",
              full.getLocalPort());
    } finally {
      for (SocketChannel socket : queued) {
        socket.close();
      }
    }
  }

  /** The answer to a ping goes out although the core writes nothing. */
  @Test
  void answersPings() throws Exception {
    try (TestEnv server = new TestEnv("server").listening();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port)) {
      socket
          .getOutputStream()
          .write(
              ByteBufUtil.decodeHexDump(
                  BadInputTest.HELLO_OK + BadInputTest.READY + "0000000a4000000000000000002a"));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      assertThat(in.readInt()).isEqualTo(WireFormat.MAGIC);
      in.skipNBytes(in.readInt());
      assertThat(ByteBufUtil.hexDump(in.readNBytes(14))).isEqualTo("0000000a4100000000000000002a");
    }
  }

  @Test
  void bindSaysThatThePortIsTaken() throws Exception {
    for (String kind : List.of("nio", "auto")) {
      try (TestEnv first = new TestEnv("first").listening();
          TestEnv second = new TestEnv("second", "rpc.transport", kind)) {
        assertThatThrownBy(() -> second.transport.bind(TestEnv.HOST, first.port))
            .isInstanceOf(BindException.class)
            .hasMessageContaining("127.0.0.1:" + first.port);
      }
    }
  }

  /** H5: one line tells which sockets are used. */
  @Test
  void logsItsKindOnce() {
    Logger logger = (Logger) LoggerFactory.getLogger(NettyThreads.class);
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    Level before = logger.getLevel();
    appender.start();
    logger.addAppender(appender);
    logger.setLevel(Level.INFO);
    try (TestEnv nio = new TestEnv("env", "rpc.transport", "nio")) {
      assertThat(nio.liveThreads()).isNotEmpty();
      assertThat(appender.list)
          .extracting(ILoggingEvent::toString)
          .containsExactly("[INFO] [env] transport [nio], network threads [2]");
    } finally {
      logger.setLevel(before);
      logger.detachAppender(appender);
    }
  }

  @Test
  void theKernelTakesLittleThatItHasNotSent() {
    EpollSocketChannel channel = new EpollSocketChannel();
    NettyTransport.configure(channel);
    assertThat(channel.config().getOption(EpollChannelOption.TCP_NOTSENT_LOWAT))
        .isEqualTo(128 * 1024);
    channel.unsafe().closeForcibly();
  }

  @Test
  void loopsAreSerialExecutorsOnMarkedThreads() throws Exception {
    try (TestEnv env = new TestEnv("named")) {
      TransportLoop loop = env.transport.nextLoop();
      AtomicReference<Thread> thread = new AtomicReference<>();
      TestEnv.on(loop, () -> thread.set(Thread.currentThread()));
      assertThat(thread.get()).isInstanceOf(LoopThread.class);
      assertThat(((LoopThread) thread.get()).threads()).isSameAs(env.threads);
      assertThat(thread.get().getName()).startsWith("rpc-named-io-");
      assertThat(loop.inLoop()).isFalse();
      TestEnv.on(loop, () -> assertThat(loop.inLoop()).isTrue());
      assertThat(env.transport.nextLoop()).isNotSameAs(loop);
    }
  }

  @Test
  void shutdownLeavesNoThread() throws Exception {
    TestEnv server = new TestEnv("gone-server").listening();
    TestEnv client = new TestEnv("gone-client");
    Recorder there = client.connect(RpcAddress.of("localhost", server.port));
    Recorder here = server.nextAccepted();
    byte[] big = new byte[200_000];
    there.write(() -> there.connection.writeOneWay(new Target("a"), message(256, big)));
    client.close();
    assertThat(here.next()).isEqualTo("class 256 test.Class256");
    assertThat(here.next()).isEqualTo("oneWay a test.Class256 " + Recorder.text(big));
    assertThat(here.next()).startsWith("closed ");
    assertThat(there.next()).startsWith("closed ").contains("this env stopped");
    server.close();
    for (TestEnv env : List.of(server, client)) {
      for (Thread thread : env.liveThreads().keySet()) {
        thread.join(5000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }
}
