// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcConf;
import io.rpcenv.RpcConnectionException;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvStoppedException;
import io.rpcenv.RpcTimeoutException;
import io.rpcenv.transport.StreamListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** RPC-26: opening and reading, over streams that are scripted. */
@Timeout(30)
class ChannelOpenerTest {

  private static final String URI = "rpc://host:7077/files/a%20b";

  private final FileTransport transport = new FileTransport();

  private ChannelOpener opener(String askTimeout) {
    RpcConf conf =
        RpcConf.builder()
            .set("rpc.askTimeout", askTimeout)
            .set("rpc.numRetries", "2")
            .set("rpc.retry.wait", "7ms")
            .build();
    return new ChannelOpener("env", conf, transport);
  }

  private final ChannelOpener opener = opener("20s");
  private final FileTransport.Input input = new FileTransport.Input();

  private static <T> FutureTask<T> start(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private static Throwable failure(FutureTask<?> task) throws Exception {
    try {
      Object result = task.get(20, TimeUnit.SECONDS);
      throw new AssertionError("no failure but " + result);
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  private FutureTask<ReadableByteChannel> opening() {
    return start(() -> opener.open(URI));
  }

  private StreamListener connected() throws Exception {
    StreamListener listener = transport.next();
    listener.connected(input);
    return listener;
  }

  private ReadableByteChannel open() throws Exception {
    FutureTask<ReadableByteChannel> opening = opening();
    connected().begun(100);
    return opening.get(20, TimeUnit.SECONDS);
  }

  private static FutureTask<Integer> reading(ReadableByteChannel channel) {
    return start(() -> channel.read(ByteBuffer.allocate(50)));
  }

  @Test
  void aFileIsAskedForByItsDecodedPath() throws Exception {
    ReadableByteChannel channel = open();
    assertThat(transport.asked).containsExactly("host:7077/files/a b");
    input.polls.add(30);
    assertThat(channel.read(ByteBuffer.allocate(50))).isEqualTo(30);
    input.polls.add(-1);
    assertThat(channel.read(ByteBuffer.allocate(50))).isEqualTo(-1);
    assertThat(channel.read(ByteBuffer.allocate(50))).isEqualTo(-1);
    assertThat(opener.openCount()).isZero();
    channel.close();
    assertThat(input.closed).isTrue();
  }

  @Test
  void aReadWaitsUntilThereIsSomething() throws Exception {
    FutureTask<ReadableByteChannel> opening = opening();
    StreamListener listener = connected();
    listener.begun(100);
    FutureTask<Integer> reading = reading(opening.get(20, TimeUnit.SECONDS));
    assertThat(FileTransport.await(input.events)).isEqualTo("empty");
    assertThat(FileTransport.await(input.events)).isEqualTo("empty");
    listener.readable();
    assertThat(FileTransport.await(input.events)).as("woken for nothing").isEqualTo("empty");
    input.polls.add(5);
    listener.readable();
    assertThat(reading.get(20, TimeUnit.SECONDS)).isEqualTo(5);
  }

  @Test
  void aFailedConnectIsTriedAgainAfterAPause() throws Exception {
    FutureTask<ReadableByteChannel> opening = opening();
    transport.next().failed(new IOException("first"));
    transport.scheduled.take().run();
    transport.next().failed(new IOException("second"));
    transport.scheduled.take().run();
    assertThat(transport.delays).containsOnly(Duration.ofMillis(7).toNanos());
    transport.next().failed(new IOException("third"));
    assertThat(failure(opening))
        .isInstanceOf(RpcConnectionException.class)
        .hasMessage("cannot open [" + URI + "] after 3 attempts (rpc.numRetries): third");
    assertThat(transport.scheduled).isEmpty();
    assertThat(opener.openCount()).isZero();
  }

  @Test
  void aMissingFileIsAnErrorAtOnce() throws Exception {
    FutureTask<ReadableByteChannel> opening = opening();
    connected().missing();
    assertThat(failure(opening))
        .isExactlyInstanceOf(NoSuchFileException.class)
        .hasMessage(URI + ": no such file is served there");
    assertThat(input.closed).isTrue();
    assertThat(opener.openCount()).isZero();
  }

  @Test
  void aConnectionThatIsLostWhileOpeningIsNotTriedAgain() throws Exception {
    FutureTask<ReadableByteChannel> opening = opening();
    connected().failed(new IOException("lost"));
    assertThat(failure(opening))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("cannot open [" + URI + "]: lost");
    assertThat(transport.scheduled).isEmpty();
  }

  @Test
  void openingTakesNoLongerThanTheAskTimeout() throws Exception {
    FutureTask<ReadableByteChannel> opening = start(() -> opener("30ms").open(URI));
    assertThat(failure(opening))
        .isInstanceOf(RpcTimeoutException.class)
        .hasMessageStartingWith("Timed out opening [" + URI + "], controlled by rpc.askTimeout")
        .satisfies(e -> assertThat(e.getStackTrace()[0].getMethodName()).isEqualTo("await"));
    connected();
    assertThat(input.closed).as("a connection that comes too late").isTrue();
  }

  @Test
  void aReadTakesNoLongerThanTheAskTimeout() throws Exception {
    ChannelOpener impatient = opener("30ms");
    FutureTask<ReadableByteChannel> opening = start(() -> impatient.open(URI));
    connected().begun(100);
    ReadableByteChannel channel = opening.get(20, TimeUnit.SECONDS);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)))
          .isExactlyInstanceOf(IOException.class)
          .hasMessageContaining("Timed out reading [" + URI + "], controlled by rpc.askTimeout")
          .hasCauseInstanceOf(RpcTimeoutException.class);
    }
    assertThat(input.closed).isTrue();
  }

  @Test
  void whatBreaksOffIsAnIoExceptionEachTime() throws Exception {
    ReadableByteChannel channel = open();
    input.polls.add(-2);
    assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("[" + URI + "] broke off: scripted");
  }

  @Test
  void theEnvsEndWakesWhoReadsAndWhoOpens() throws Exception {
    FutureTask<Integer> reading = reading(open());
    assertThat(FileTransport.await(input.events)).isEqualTo("empty");
    FutureTask<ReadableByteChannel> opening = opening();
    StreamListener late = transport.next();
    opener.stop();
    assertThat(failure(reading))
        .isExactlyInstanceOf(IOException.class)
        .hasCauseInstanceOf(RpcEnvStoppedException.class);
    assertThat(failure(opening)).isInstanceOf(RpcEnvStoppedException.class);
    assertThat(input.closed).isTrue();
    late.failed(new IOException("no longer of interest"));
    assertThat(transport.scheduled).isEmpty();
    assertThatThrownBy(() -> opener.open(URI)).isInstanceOf(RpcEnvStoppedException.class);
    assertThat(opener.openCount()).isZero();
  }

  @Test
  void closingWakesWhoReads() throws Exception {
    ReadableByteChannel channel = open();
    FutureTask<Integer> reading = reading(channel);
    assertThat(FileTransport.await(input.events)).isEqualTo("empty");
    channel.close();
    assertThat(failure(reading)).isInstanceOf(AsynchronousCloseException.class);
    assertThat(input.closed).isTrue();
    assertThat(opener.openCount()).isZero();
  }

  /** RPC-25, RPC-26: without a transport there is nobody to serve, and nothing to read. */
  @Test
  void anEnvWithoutATransportSaysWhatItNeeds() {
    try (RpcEnv env = RpcEnv.builder("alone").build()) {
      assertThatThrownBy(env::fileServer)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("[alone] needs a listener (expected: an env built with listen(");
      assertThatThrownBy(() -> env.openChannel(URI))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("openChannel needs a transport (expected: io.rpcenv:rpc-netty");
    }
  }
}
