// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocatorMetric;
import io.rpcenv.netty.internal.channel.FilePieces;
import io.rpcenv.transport.StreamFile;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RPC-26: files between two transports, and what a peer may do wrong. */
@Timeout(60)
class FileStreamTest {

  private static final int MIB = 1 << 20;
  private static final String HELLO =
      BadInputTest.HELLO_OK.replaceFirst("0100010101", "0100010102") + BadInputTest.READY;

  @TempDir Path temp;

  private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();

  /** Serves any file of the temporary folder, and tells when it was closed. */
  private StreamFile serve(String path) throws IOException {
    Path file = temp.resolve(path.substring(1));
    FileChannel channel = FileChannel.open(file);
    long length = channel.size();
    return new StreamFile() {
      @Override
      public FileChannel channel() {
        return channel;
      }

      @Override
      public long length() {
        return length;
      }

      @Override
      public void requireUnchanged() throws IOException {
        if (channel.size() < length) {
          throw new IOException("shorter");
        }
      }

      @Override
      public void close() throws IOException {
        channel.close();
        closed.add(path);
      }
    };
  }

  private String nextClosed() throws InterruptedException {
    String path = closed.poll(20, TimeUnit.SECONDS);
    return path == null ? "nothing" : path;
  }

  private byte[] file(String name, int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    Files.write(temp.resolve(name), bytes);
    return bytes;
  }

  private TestEnv server(FilePieces pieces, String... conf) throws IOException {
    TestEnv server = new TestEnv("server", pieces, conf).listening();
    server.files = this::serve;
    return server;
  }

  @ParameterizedTest
  @CsvSource({"auto, ZERO_COPY", "auto, COPIED", "nio, ZERO_COPY", "nio, COPIED"})
  void aFileArrivesWholeAndIsClosed(String kind, FilePieces pieces) throws Exception {
    try (TestEnv server = server(pieces, "rpc.transport", kind);
        TestEnv client = new TestEnv("client", "rpc.transport", kind)) {
      for (int size : new int[] {0, 1, 256 * 1024, MIB, 2 * MIB + 1, 9 * MIB + 5}) {
        byte[] bytes = file("f" + size, size);
        StreamLog log = StreamLog.open(client, server, "/f" + size);
        assertThat(log.next()).isEqualTo("begun " + size);
        assertThat(log.readAll()).isEqualTo(bytes);
        assertThat(nextClosed()).isEqualTo("/f" + size);
        log.input().close();
      }
      assertThat(closed).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"auto, ZERO_COPY", "auto, COPIED", "nio, ZERO_COPY", "nio, COPIED"})
  void aFileThatBecomesShorterNeverEnds(String kind, FilePieces pieces) throws Exception {
    try (TestEnv server = server(pieces, "rpc.transport", kind);
        TestEnv client = new TestEnv("client", "rpc.transport", kind)) {
      for (int left : new int[] {0, 40 * MIB}) {
        file("f", 48 * MIB);
        StreamLog log = StreamLog.open(client, server, "/f");
        assertThat(log.read(ByteBuffer.allocate(1))).isEqualTo(1);
        try (FileChannel cut =
            FileChannel.open(temp.resolve("f"), java.nio.file.StandardOpenOption.WRITE)) {
          cut.truncate(left);
        }
        assertThatThrownBy(log::readAll)
            .isInstanceOf(IOException.class)
            .hasMessageContaining("of [" + 48 * MIB + "] bytes");
        assertThat(nextClosed()).isEqualTo("/f");
        log.input().close();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"ZERO_COPY", "COPIED"})
  void aReaderThatLeavesEndsTheSender(FilePieces pieces) throws Exception {
    file("f", 48 * MIB);
    try (TestEnv server = server(pieces);
        TestEnv client = new TestEnv("client")) {
      StreamLog log = StreamLog.open(client, server, "/f");
      assertThat(log.read(ByteBuffer.allocate(1))).isEqualTo(1);
      log.input().close();
      assertThat(nextClosed()).isEqualTo("/f");
    }
  }

  @ParameterizedTest
  @CsvSource({"ZERO_COPY", "COPIED"})
  void readersThatStallTakeLittleOfTheSender(FilePieces pieces) throws Exception {
    file("f", 48 * MIB);
    PooledByteBufAllocatorMetric metric = PooledByteBufAllocator.DEFAULT.metric();
    try (TestEnv server = server(pieces);
        TestEnv client = new TestEnv("client")) {
      long before = metric.usedDirectMemory();
      List<StreamLog> stalled = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        StreamLog log = StreamLog.open(client, server, "/f");
        assertThat(log.read(ByteBuffer.allocate(1))).isEqualTo(1);
        stalled.add(log);
      }
      assertThat(metric.usedDirectMemory() - before).isLessThan(64L * MIB);
      for (StreamLog log : stalled) {
        log.input().close();
        assertThat(nextClosed()).isEqualTo("/f");
      }
    }
  }

  @Test
  void theEndOfEitherTransportEndsBoth() throws Exception {
    file("f", 48 * MIB);
    try (TestEnv server = server(FilePieces.ZERO_COPY)) {
      TestEnv client = new TestEnv("client");
      StreamLog first = StreamLog.open(client, server, "/f");
      assertThat(first.read(ByteBuffer.allocate(1))).isEqualTo(1);
      client.close();
      assertThat(nextClosed()).isEqualTo("/f");
      assertThatThrownBy(first::readAll).hasMessageContaining("the connection was lost");
      first.input().close();
    }
    TestEnv server = server(FilePieces.ZERO_COPY);
    try (TestEnv client = new TestEnv("client")) {
      StreamLog second = StreamLog.open(client, server, "/f");
      assertThat(second.read(ByteBuffer.allocate(1))).isEqualTo(1);
      server.close();
      assertThat(nextClosed()).isEqualTo("/f");
      assertThatThrownBy(second::readAll).hasMessageContaining("the connection was lost");
      second.input().close();
    }
  }

  @Test
  void whatCannotBeOpenedIsTold() throws Exception {
    try (TestEnv server = server(FilePieces.ZERO_COPY);
        TestEnv client = new TestEnv("client")) {
      StreamLog missing = StreamLog.open(client, server, "/none");
      assertThat(missing.next()).isEqualTo("missing");
      server.files =
          path -> {
            throw new IOException("secret details");
          };
      assertThat(StreamLog.open(client, server, "/x").next())
          .isEqualTo("failed the other env says: the file cannot be opened");
      server.files =
          path -> {
            throw new StackOverflowError();
          };
      assertThat(StreamLog.open(client, server, "/x").next())
          .isEqualTo("failed the other env says: the file cannot be opened");
      assertThat(missing.events).isEmpty();
    }
  }

  @Test
  void openingBlocksNobodyElse() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    file("f", 10);
    try (TestEnv server = server(FilePieces.ZERO_COPY, "rpc.io.threads", "1");
        TestEnv client = new TestEnv("client")) {
      server.files =
          path -> {
            if (path.equals("/slow")) {
              try {
                gate.await();
              } catch (InterruptedException e) {
                throw new NoSuchFileException(path);
              }
            }
            return serve("/f");
          };
      StreamLog slow = StreamLog.open(client, server, "/slow");
      StreamLog quick = StreamLog.open(client, server, "/f");
      assertThat(quick.next()).isEqualTo("begun 10");
      assertThat(quick.readAll()).hasSize(10);
      Recorder messages = client.connect(server.address());
      assertThat(server.nextAccepted().connection.peer().envId()).isEqualTo(client.id);
      assertThat(slow.events).isEmpty();
      gate.countDown();
      assertThat(slow.next()).isEqualTo("begun 10");
      assertThat(slow.readAll()).hasSize(10);
      messages.write(() -> messages.connection.close("enough"));
      assertThat(nextClosed()).isEqualTo("/f");
      assertThat(nextClosed()).isEqualTo("/f");
    }
  }

  @Test
  void nobodyAsksIsClosedAfterTheHandshakesTime() throws Exception {
    try (TestEnv server = server(FilePieces.ZERO_COPY, "rpc.handshake.timeout", "200ms");
        WarnLog log = new WarnLog("server")) {
      assertThat(answer(server, HELLO)).startsWith("a7525043").hasSizeLessThan(200);
      assertThat(log.lines())
          .anyMatch(
              line -> line.contains("no file asked for after [200 ms] (rpc.handshake.timeout)"));
    }
  }

  @Test
  void asksTwiceIsClosed() throws Exception {
    file("size", 100);
    try (TestEnv server = server(FilePieces.ZERO_COPY);
        WarnLog log = new WarnLog("server")) {
      answer(server, HELLO + "000000085000" + "052f73697a65" + "000000085000" + "052f73697a65");
      assertThat(log.lines()).anyMatch(line -> line.contains("second STREAM_OPEN"));
      assertThat(nextClosed()).isEqualTo("/size");
    }
  }

  @Test
  void aMessageOnAFileConnectionIsClosed() throws Exception {
    try (TestEnv server = server(FilePieces.ZERO_COPY);
        WarnLog log = new WarnLog("server")) {
      answer(server, HELLO + "000000082000018002aabbcc");
      assertThat(log.lines()).anyMatch(line -> line.contains("protocol violation"));
      assertThat(server.accepted).isEmpty();
    }
  }

  @Test
  void anUnknownPurposeIsRefused() throws Exception {
    try (TestEnv server = server(FilePieces.ZERO_COPY)) {
      String answer = answer(server, HELLO.replaceFirst("0100010102", "0100010103"));
      assertThat(
              new String(
                  ByteBufUtil.decodeHexDump(answer), java.nio.charset.StandardCharsets.ISO_8859_1))
          .contains("unknown purpose [3]");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "00000003510001 00000003510001, second STREAM_BEGIN",
    "000000035200aa, bytes beyond",
    "00000003510001 000000045200aabb, bytes beyond",
    "00000003510002 000000035200aa 000000025300, the end after [1] of [2] bytes",
    "000000025300, the end after",
    "00000003510002 000000035200aa 000000045000012f, STREAM_OPEN from",
    "00000003510002 000000035200aa 000000082000018002aabbcc, unknown frame type",
  })
  void aSenderThatBreaksTheRulesNeverMakesAShortFile(String frames, String reason)
      throws Exception {
    try (ServerSocket listener = new ServerSocket(0);
        TestEnv client = new TestEnv("client")) {
      StreamLog log = new StreamLog();
      client.transport.openStream(
          io.rpcenv.RpcAddress.of("127.0.0.1", listener.getLocalPort()), "/f", log);
      try (Socket socket = listener.accept()) {
        String hello = HELLO.substring(0, HELLO.length() - BadInputTest.READY.length());
        socket.getOutputStream().write(ByteBufUtil.decodeHexDump(hello + frames.replace(" ", "")));
        String first = log.next();
        if (first.startsWith("begun")) {
          assertThatThrownBy(log::readAll).hasMessageContaining(reason);
        } else {
          assertThat(first).startsWith("failed protocol violation: ").contains(reason);
        }
        log.input().close();
      }
    }
  }

  /** Says something to a server and returns in hex all that it says until it closes. */
  private static String answer(TestEnv server, String hex) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(ByteBufUtil.decodeHexDump(hex));
      StringBuilder all = new StringBuilder();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      try {
        while (true) {
          all.append(String.format("%02x", in.readUnsignedByte()));
        }
      } catch (EOFException | SocketException end) {
        return all.toString();
      }
    }
  }
}
