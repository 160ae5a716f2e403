// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import static io.rpcenv.netty.internal.TestEnv.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufUtil;
import io.rpcenv.RpcAddress;
import io.rpcenv.transport.Target;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a peer gets that does not speak the protocol: one line, closed, and nobody else notices. */
@Timeout(60)
class BadInputTest {

  /** HELLO of env "c", id 1 2, client mode, maximum 1024, serializer kryo-1. */
  static final String HELLO_OK =
      "a7525043"
          + "00000023"
          + "0100"
          + "010101"
          + "00000000000000010000000000000002"
          + "0163"
          + "00"
          + "8008"
          + "066b72796f2d31"
          + "00"
          + "00";

  static final String READY = "00000003030000";

  private WarnLog log;
  private TestEnv env;
  private TestEnv friend;
  private Recorder there;
  private Recorder here;

  @BeforeEach
  void connectFriend() throws Exception {
    log = new WarnLog("bad");
    env = new TestEnv("bad", "rpc.handshake.timeout", "300ms").listening();
    friend = new TestEnv("friend");
    there = friend.connect(env.address());
    here = env.nextAccepted();
  }

  @AfterEach
  void friendNoticedNothing() throws Exception {
    there.write(() -> there.connection.writeOneWay(new Target("a"), message(256, new byte[1])));
    assertThat(here.next()).startsWith("class 256");
    assertThat(here.next()).startsWith("oneWay a");
    friend.close();
    env.close();
    log.close();
  }

  @Test
  void httpRequest() throws Exception {
    getsOneLine("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "peer spoke HTTP/1 to the RPC port");
  }

  @Test
  void http2Preface() throws Exception {
    getsOneLine("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "peer spoke HTTP/2 to the RPC port");
  }

  @Test
  void tlsClientHello() throws Exception {
    getsOneLine(
        "\u0016\u0003\u0001\u0000\u0010\u0001\u0000\u0000\u000c\u0003\u0003",
        "peer spoke TLS to the RPC port");
  }

  @Test
  void randomBytes() throws Exception {
    byte[] bytes = new byte[100_000];
    new Random(1).nextBytes(bytes);
    getsOneLine(bytes, "peer spoke an unknown protocol to the RPC port, first bytes [73d51abb");
  }

  @Test
  void halfAFrameAndSilence() throws Exception {
    getsOneLine(
        ByteBufUtil.decodeHexDump(HELLO_OK.substring(0, 40)),
        "handshake begun but not complete after [300 ms] (rpc.handshake.timeout)");
  }

  @Test
  void silence() throws Exception {
    getsOneLine("", "handshake not begun after [300 ms] (rpc.handshake.timeout)");
  }

  @Test
  void helloAndThenSilence() throws Exception {
    getsOneLine(
        ByteBufUtil.decodeHexDump(HELLO_OK),
        "handshake begun but not complete after [300 ms] (rpc.handshake.timeout)");
  }

  @Test
  void malformedHello() throws Exception {
    getsOneLine(
        ByteBufUtil.decodeHexDump("a7525043" + "00000005" + "0100" + "010101"),
        "field ends outside its frame");
  }

  @Test
  void messageBeforeTheHandshake() throws Exception {
    getsOneLine(
        ByteBufUtil.decodeHexDump("a7525043" + "0000000720000110aabbcc"),
        "frame type [32] before the handshake is complete");
  }

  @Test
  void readyBeforeHello() throws Exception {
    getsOneLine(ByteBufUtil.decodeHexDump("a7525043" + READY), "handshake frames out of order");
  }

  @Test
  void frameThatClaimsTwoGigabytes() throws Exception {
    getsOneLine(
        ByteBufUtil.decodeHexDump(HELLO_OK + READY + "7fffffff" + "2100"),
        "protocol violation: frame of [2147483647] bytes");
    assertThat(env.nextAccepted().next()).startsWith("closed ").contains("protocol violation");
  }

  @Test
  void framesBeforeAViolationAreHandedOver() throws Exception {
    getsOneLine(
        ByteBufUtil.decodeHexDump(HELLO_OK + READY + "00000003240005" + "000000027000"),
        "protocol violation: unknown frame type [112]");
    Recorder bad = env.nextAccepted();
    assertThat(bad.next()).isEqualTo("cancel 5");
    assertThat(bad.next()).startsWith("closed ");
  }

  @Test
  void portProbeGetsNoLine() throws Exception {
    new Socket(InetAddress.getLoopbackAddress(), env.port).close();
    try (Socket later = new Socket(InetAddress.getLoopbackAddress(), env.port)) {
      later.getOutputStream().write(1);
      untilClosed(later);
    }
    assertThat(log.lines()).hasSize(1).first().asString().contains("unknown protocol");
  }

  @Test
  void oneLinePerAddressAndMinute() throws Exception {
    for (int i = 0; i < 5; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), env.port)) {
        socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        untilClosed(socket);
      }
    }
    assertThat(log.lines()).hasSize(1);
  }

  @Test
  void anotherSerializerIsRefusedOnBothSides() throws Exception {
    try (WarnLog otherLog = new WarnLog("other");
        TestEnv other = new TestEnv("other", "java-9", InetAddress::getByName)) {
      String reason = "serializer [java-9] of env [other], [kryo-1] of env [bad]";
      assertThatThrownBy(() -> other.connect(env.address()))
          .cause()
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1:" + env.port)
          .hasMessageContaining("peer refused: " + reason);
      assertThat(log.lines()).hasSize(1).first().asString().startsWith("WARN").contains(reason);
      assertThat(otherLog.lines())
          .hasSize(1)
          .first()
          .asString()
          .startsWith("WARN")
          .contains("peer refused: " + reason);
    }
  }

  @Test
  void anotherVersionIsRefusedByName() throws Exception {
    byte[] hello = ByteBufUtil.decodeHexDump("a7525043" + "00000005" + "0100" + "0209" + "77");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), env.port)) {
      socket.getOutputStream().write(hello);
      String answer = new String(untilClosed(socket), StandardCharsets.ISO_8859_1);
      assertThat(answer).endsWith("wire version [2..9] of the one side, [1..1] of the other");
    }
    assertThat(log.lines()).hasSize(1).first().asString().contains("wire version [2..9]");
  }

  @Test
  void aServerThatSpeaksHttpIsNamed() throws Exception {
    try (ServerSocket web = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        WarnLog friendLog = new WarnLog("friend")) {
      Thread server =
          new Thread(
              () -> {
                try (Socket socket = web.accept()) {
                  socket
                      .getOutputStream()
                      .write("HTTP/1.1 400 Bad\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                  untilClosed(socket);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      server.start();
      assertThatThrownBy(() -> friend.connect(RpcAddress.of("127.0.0.1", web.getLocalPort())))
          .cause()
          .hasMessageContaining("peer spoke HTTP/1 to the RPC port");
      server.join(10_000);
      assertThat(friendLog.lines()).hasSize(1);
    }
  }

  @Test
  void aServerThatSaysNothingFailsTheConnect() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        TestEnv hasty = new TestEnv("hasty", "rpc.handshake.timeout", "100ms")) {
      assertThatThrownBy(() -> hasty.connect(RpcAddress.of("127.0.0.1", mute.getLocalPort())))
          .cause()
          .hasMessageContaining("handshake not begun after [100 ms]");
    }
  }

  private void getsOneLine(String bytes, String line) throws Exception {
    getsOneLine(bytes.getBytes(StandardCharsets.ISO_8859_1), line);
  }

  private void getsOneLine(byte[] bytes, String line) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), env.port)) {
      try {
        socket.getOutputStream().write(bytes);
      } catch (SocketException closedMeanwhile) {
        assertThat(bytes.length).isGreaterThan(1000);
      }
      untilClosed(socket);
      assertThat(log.lines()).hasSize(1);
      assertThat(log.lines().get(0))
          .startsWith("WARN [bad] closed connection with [127.0.0.1:" + socket.getLocalPort() + "]")
          .contains(line);
    }
  }

  /** Returns what came until the other side closed or reset the connection. */
  private static byte[] untilClosed(Socket socket) throws IOException {
    socket.setSoTimeout(20_000);
    InputStream in = socket.getInputStream();
    try {
      return in.readAllBytes();
    } catch (SocketException | EOFException reset) {
      return new byte[0];
    }
  }
}
