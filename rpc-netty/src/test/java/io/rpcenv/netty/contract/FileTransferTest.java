// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.PooledByteBufAllocator;
import io.rpcenv.EndpointExecutor;
import io.rpcenv.EndpointOptions;
import io.rpcenv.RpcAbortedException;
import io.rpcenv.RpcConnectionException;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvStoppedException;
import io.rpcenv.contract.Contract;
import io.rpcenv.contract.Eventually;
import io.rpcenv.contract.Msg;
import io.rpcenv.contract.NetRecorder;
import io.rpcenv.contract.Wiring;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files between two envs. One class, as all of it shares a folder, two envs and what reads and
 * compares.
 */
@Timeout(60)
class FileTransferTest extends Contract {

  private static final int MIB = 1 << 20;

  @TempDir Path temp;

  @Override
  public Wiring wiring() {
    return new NettyWiring();
  }

  private Path file(String name, int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return Files.write(temp.resolve(name), bytes);
  }

  /** A file of zeros that takes no room on the disk. */
  private Path sparse(String name, long size) throws IOException {
    Path file = temp.resolve(name);
    try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
      made.setLength(size);
    }
    return file;
  }

  private byte[] download(String uri) throws IOException {
    try (ReadableByteChannel channel = client().openChannel(uri)) {
      return Channels.newInputStream(channel).readAllBytes();
    }
  }

  /** Opens a file and reads its first byte, so that the sender is under way and soon held up. */
  private ReadableByteChannel begin(Path file) throws IOException {
    ReadableByteChannel channel = client().openChannel(server().fileServer().addFile(file));
    assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(1);
    return channel;
  }

  private static long drain(ReadableByteChannel channel) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(64 * 1024);
    long count = 0;
    while (channel.read(target) >= 0) {
      count += target.position();
      target.clear();
    }
    return count;
  }

  /** RPC-25: files, jars and what is in folders, of any name and size. */
  @Test
  void filesJarsAndFoldersAreRead() throws IOException {
    for (String name : List.of("plain", "two words", "größe-日本", "100%#?&+", "%41")) {
      Path file = Files.writeString(temp.resolve(name), "text of " + name);
      assertThat(download(server().fileServer().addFile(file))).asString().endsWith(name);
      assertThat(download(server().fileServer().addJar(file))).asString().endsWith(name);
    }
    for (int size : new int[] {0, 1, 65_536, MIB - 1, MIB, MIB + 1, 5 * MIB + 7}) {
      Path file = file("sized " + size, size);
      assertThat(download(server().fileServer().addFile(file))).isEqualTo(Files.readAllBytes(file));
    }
    String base = server().fileServer().addDirectory("/all of it", temp);
    assertThat(base)
        .isEqualTo("rpc://" + server().address().orElseThrow().hostPort() + "/all%20of%20it");
    assertThat(download(base + "/two%20words")).asString().isEqualTo("text of two words");
    assertThat(download(base.replace("rpc://", "spark://") + "/plain")).isNotEmpty();
  }

  /** RPC-25: whatever the reason, the answer is the same, and it comes at once. */
  @Test
  void whatIsNotServedIsMissing() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("folder"));
    Path secret = Files.writeString(temp.resolve("secret"), "x");
    Files.createSymbolicLink(folder.resolve("link"), secret);
    String base = server().fileServer().addDirectory("/d", folder);
    String removed = server().fileServer().addFile(secret);
    server().fileServer().removeFile("secret");
    for (String path : List.of("none", "../secret", "%2e%2e/secret", "link", "%00", "", ".", "/")) {
      assertThatThrownBy(() -> client().openChannel(base + "/" + path))
          .isExactlyInstanceOf(NoSuchFileException.class)
          .hasMessage(base + "/" + path + ": no such file is served there");
    }
    for (String uri : List.of(removed, base, base + secret, base + "/%2e%2e%5csecret")) {
      assertThatThrownBy(() -> client().openChannel(uri))
          .isExactlyInstanceOf(NoSuchFileException.class);
    }
  }

  /** RPC-25: nobody could reach it. */
  @Test
  void aClientModeEnvHasNoFileServer() {
    assertThatThrownBy(() -> client().fileServer())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(client().name())
        .hasMessageContaining("listen(host, port)");
    assertThat(server().fileServer()).isSameAs(server().fileServer());
  }

  /** RPC-26: from itself, too. */
  @Test
  void anEnvReadsItsOwnFiles() throws IOException {
    String uri = server().fileServer().addFile(file("own", 3 * MIB));
    try (ReadableByteChannel channel = server().openChannel(uri)) {
      assertThat(drain(channel)).isEqualTo(3 * MIB);
    }
  }

  /** RPC-26: more bytes than heap and direct memory together, and little of either taken. */
  @Test
  void aFileOfAnySizeTakesConstantMemory() throws IOException {
    long size = (5L << 29) + 12_345;
    Path file = sparse("large", size);
    byte[] mark = "here".getBytes(StandardCharsets.UTF_8);
    List<Long> places = List.of(0L, 1L << 20, (1L << 31) - 4, 1L << 31, size - 4);
    try (RandomAccessFile marked = new RandomAccessFile(file.toFile(), "rw")) {
      for (long place : places) {
        marked.seek(place);
        marked.write(mark);
      }
    }
    var metric = PooledByteBufAllocator.DEFAULT.metric();
    List<Long> found = new ArrayList<>();
    long most = 0;
    try (ReadableByteChannel channel = client().openChannel(server().fileServer().addFile(file))) {
      long before = metric.usedDirectMemory();
      ByteBuffer target = ByteBuffer.allocateDirect(64 * 1024);
      long position = 0;
      int matched = 0;
      while (channel.read(target) >= 0) {
        target.flip();
        while (target.hasRemaining()) {
          // Long strides of zeros: eight at a time.
          if (matched == 0 && target.remaining() >= 8 && target.getLong(target.position()) == 0) {
            target.position(target.position() + 8);
            position += 8;
            continue;
          }
          matched = target.get() == mark[matched] ? matched + 1 : 0;
          position++;
          if (matched == mark.length) {
            found.add(position - mark.length);
            matched = 0;
          }
        }
        target.clear();
        most = Math.max(most, metric.usedDirectMemory() - before);
      }
      assertThat(position).isEqualTo(size);
    }
    assertThat(found).isEqualTo(places);
    assertThat(most).isLessThan(64L * MIB);
  }

  /** RPC-26: whoever does not read holds the sender up, and keeps little. */
  @Test
  void aSlowReaderIsWaitedFor() throws Exception {
    var metric = PooledByteBufAllocator.DEFAULT.metric();
    Path file = file("slow", 24 * MIB);
    long before = metric.usedDirectMemory();
    List<ReadableByteChannel> stalled = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      stalled.add(begin(file));
    }
    assertThat(download(server().fileServer().addFile(file))).hasSize(24 * MIB);
    assertThat(metric.usedDirectMemory() - before).isLessThan(64L * MIB);
    for (ReadableByteChannel channel : stalled) {
      assertThat(drain(channel)).isEqualTo(24L * MIB - 1);
      channel.close();
    }
  }

  /** RPC-26: many at a time. */
  @Test
  void filesAreReadSideBySide() throws Exception {
    Path file = file("many", 2 * MIB + 3);
    byte[] expected = Files.readAllBytes(file);
    String uri = server().fileServer().addFile(file);
    List<CompletableFuture<byte[]>> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      CompletableFuture<byte[]> one = new CompletableFuture<>();
      all.add(one);
      new Thread(
              () -> {
                try {
                  one.complete(download(uri));
                } catch (Throwable e) {
                  one.completeExceptionally(e);
                }
              })
          .start();
    }
    for (CompletableFuture<byte[]> one : all) {
      assertThat(one.get(40, TimeUnit.SECONDS)).isEqualTo(expected);
    }
  }

  /** RPC-26, RPC-14: a channel's connection is nobody's peer. */
  @Test
  void aChannelRaisesNoNetworkEvents() throws IOException {
    NetRecorder there = new NetRecorder();
    NetRecorder here = new NetRecorder();
    server().setupEndpoint("events", there);
    client().setupEndpoint("events", here);
    try (ReadableByteChannel channel = begin(file("f", 4 * MIB))) {
      assertThat(server().stats().peers()).isEmpty();
      assertThat(client().stats().peers()).isEmpty();
      drain(channel);
    }
    lab.close();
    assertThat(there.events()).containsExactly("start", "stop");
    assertThat(here.events()).containsExactly("start", "stop");
  }

  /** RPC-26: a file that became shorter is an exception that says so. */
  @Test
  void aFileThatBecomesShorterIsAnError() throws IOException {
    Path file = sparse("shrinks", 64 * MIB);
    try (ReadableByteChannel channel = begin(file)) {
      sparse("shrinks", 40 * MIB);
      assertThatThrownBy(() -> drain(channel))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("/files/shrinks] broke off: the other env says:")
          .hasMessageContaining("became shorter: [" + 40 * MIB + "] of [" + 64 * MIB + "]");
      assertThatThrownBy(() -> drain(channel)).hasMessageContaining("became shorter");
    }
  }

  /** RPC-26: also where the piece that is being sent is cut. */
  @Test
  void aFileThatIsEmptiedIsAnError() throws IOException {
    Path file = sparse("emptied", 64 * MIB);
    try (ReadableByteChannel channel = begin(file)) {
      sparse("emptied", 0);
      assertThatThrownBy(() -> drain(channel))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("broke off");
    }
  }

  /** RPC-26: bytes of two versions are never taken for one file. */
  @Test
  void aFileThatIsWrittenToIsAnError() throws IOException {
    Path file = sparse("rewritten", 64 * MIB);
    Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(1_000_000));
    try (ReadableByteChannel channel = begin(file)) {
      Files.write(file, new byte[] {1}, StandardOpenOption.WRITE);
      assertThatThrownBy(() -> drain(channel))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("was written to while it was sent");
    }
  }

  /** RPC-26: what was opened is what is read, though another file takes its place. */
  @Test
  void aFileThatIsReplacedIsReadAsItWas() throws IOException {
    Path file = file("replaced", 32 * MIB);
    byte[] first = Files.readAllBytes(file);
    try (ReadableByteChannel channel = client().openChannel(server().fileServer().addFile(file))) {
      Files.move(file("other", 10), file, StandardCopyOption.REPLACE_EXISTING);
      assertThat(Channels.newInputStream(channel).readAllBytes()).isEqualTo(first);
    }
    assertThat(download(server().fileServer().addFile(file))).hasSize(10);
  }

  /** RPC-26: the length at the time of opening counts. */
  @Test
  void aFileThatGrowsIsReadUpToItsOldEnd() throws IOException {
    Path file = file("grows", 32 * MIB);
    try (ReadableByteChannel channel = begin(file)) {
      Files.write(file, new byte[100], StandardOpenOption.APPEND);
      assertThat(drain(channel)).isEqualTo(32L * MIB - 1);
      assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }

  /** RPC-26: the server's end is an exception at the reader. */
  @Test
  void theServersShutdownIsAnError() throws Exception {
    try (ReadableByteChannel channel = begin(file("f", 64 * MIB))) {
      server().close();
      assertThatThrownBy(() -> drain(channel))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("broke off: the connection was lost, after [")
          .hasMessageContaining("of [" + 64 * MIB + "] bytes");
    }
  }

  /** RPC-26, RPC-21: the reader's own env's end is one, too, at once. */
  @Test
  void theReadersShutdownIsAnError() throws Exception {
    RpcEnv client = client();
    ReadableByteChannel channel = begin(file("f", 64 * MIB));
    client.shutdown();
    assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is stopped")
        .hasCauseInstanceOf(RpcEnvStoppedException.class);
    assertThatThrownBy(() -> client.openChannel("rpc://localhost:1/files/f"))
        .isInstanceOf(RpcEnvStoppedException.class);
    channel.close();
  }

  /** RPC-26: connecting is retried. */
  @Test
  void nobodyListensIsAnErrorAfterTheRetries() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    lab.clientConf("rpc.numRetries", "2");
    assertThatThrownBy(() -> client().openChannel("rpc://127.0.0.1:" + port + "/files/f"))
        .isInstanceOf(RpcConnectionException.class)
        .hasMessageContaining("after 3 attempts (rpc.numRetries)")
        .hasMessageContaining("refused");
  }

  /** RPC-26: any thread may close. */
  @Test
  void closingWakesTheReader() throws Exception {
    stalledRead(ReadableByteChannel::close, AsynchronousCloseException.class);
  }

  /** RPC-26: as with any interruptible channel. */
  @Test
  void anInterruptClosesTheChannel() throws Exception {
    stalledRead(channel -> {}, ClosedByInterruptException.class);
  }

  /** Waits in a read that nothing comes for, and ends it. */
  private void stalledRead(Ending ending, Class<? extends ClosedChannelException> expected)
      throws Exception {
    try (SilentSender silent = new SilentSender()) {
      ReadableByteChannel channel = client().openChannel(silent.uri());
      AtomicReference<Throwable> seen = new AtomicReference<>();
      Thread reader =
          new Thread(
              () -> {
                try {
                  channel.read(ByteBuffer.allocate(1));
                } catch (Throwable e) {
                  seen.set(e);
                }
              });
      reader.start();
      Eventually.await("the reader waits", () -> reader.getState() == Thread.State.TIMED_WAITING);
      ending.end(channel);
      if (expected == ClosedByInterruptException.class) {
        reader.interrupt();
      }
      reader.join(20_000);
      assertThat(seen.get()).isExactlyInstanceOf(expected);
      assertThat(channel.isOpen()).isFalse();
      assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)))
          .isInstanceOf(ClosedChannelException.class);
      silent.awaitEnd();
    }
  }

  /** RPC-26: no connection is waited for in vain. */
  @Test
  void anInterruptEndsOpening() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    AtomicReference<Throwable> seen = new AtomicReference<>();
    try (ServerSocket mute = new ServerSocket(0)) {
      RpcEnv client = client();
      Thread opener =
          new Thread(
              () -> {
                try {
                  client.openChannel("rpc://127.0.0.1:" + mute.getLocalPort() + "/files/f");
                } catch (Throwable e) {
                  seen.set(Thread.currentThread().isInterrupted() ? e : null);
                }
                done.countDown();
              });
      opener.start();
      mute.accept().close();
      opener.interrupt();
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(seen.get()).isInstanceOf(RpcAbortedException.class);
    }
  }

  /** RPC-26: neither opening nor reading blocks a network thread. */
  @Test
  void networkThreadsNeitherOpenNorRead() throws Exception {
    try (ReadableByteChannel channel = begin(file("f", 4 * MIB))) {
      String uri = server().fileServer().addFile(temp.resolve("f"));
      RpcEnv client = client();
      RpcEndpoint endpoint =
          RpcEndpoint.handling()
              .onAsk(
                  Msg.Echo.class,
                  echo -> {
                    assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("network thread");
                    assertThatThrownBy(() -> client.openChannel(uri))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("network thread");
                    return "refused";
                  })
              .build();
      String answer =
          client
              .setupEndpoint(
                  "loop",
                  endpoint,
                  EndpointOptions.serial().withExecutor(EndpointExecutor.EVENT_LOOP))
              .askSync(new Msg.Echo(""));
      assertThat(answer).isEqualTo("refused");
      assertThat(drain(channel)).isEqualTo(4L * MIB - 1);
    }
  }

  /** RPC-26: before anything is sent. */
  @Test
  void badArgumentsAreErrorsAtOnce() throws IOException {
    assertThatThrownBy(() -> client().openChannel("files/f"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("uri: files/f (expected: ");
    try (ReadableByteChannel channel = begin(file("f", 10))) {
      assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1).asReadOnlyBuffer()))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(channel.read(ByteBuffer.allocate(0))).isZero();
      assertThat(drain(channel)).isEqualTo(9);
    }
  }

  private interface Ending {
    void end(ReadableByteChannel channel) throws IOException;
  }
}
