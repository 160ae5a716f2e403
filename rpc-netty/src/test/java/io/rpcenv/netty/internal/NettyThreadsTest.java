// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcAddress;
import io.rpcenv.transport.LoopThread;
import io.rpcenv.transport.Target;
import io.rpcenv.transport.TransportLoop;
import java.net.ConnectException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several transports on the same threads. */
@Timeout(40)
class NettyThreadsTest {

  private final NettyThreads threads = NettyThreads.start("both", TestEnv.conf());
  private final TestEnv one = new TestEnv("one", threads);
  private final TestEnv two = new TestEnv("two", threads);
  private final Queue<String> ran = new ConcurrentLinkedQueue<>();

  @AfterEach
  void end() throws Exception {
    one.endTransport();
    two.endTransport();
    assertThat(threads.awaitEnd(1)).as("they have not been told").isFalse();
    threads.shutdown();
    assertThat(threads.awaitEnd(TimeUnit.SECONDS.toNanos(20))).isTrue();
    assertThat(live()).as("gone at once").isEmpty();
  }

  private static Stream<Thread> live() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("rpc-(both|one|two)-.*"));
  }

  /** Has all that was given to the threads so far done. */
  private void settle() throws Exception {
    for (NettyEventLoop loop : threads.loops()) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      loop.execute(() -> done.complete(null));
      done.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void theEndOfOneClosesItsConnectionsAlone() throws Exception {
    one.listening();
    two.listening();
    Recorder ofOne = two.connect(one.address());
    Recorder ofTwo = two.connect(two.address());
    one.nextAccepted();
    Recorder stays = two.nextAccepted();
    assertThat(live()).extracting(Thread::getName).containsOnly("rpc-both-io-0", "rpc-both-io-1");
    one.endTransport();
    assertThat(ofOne.next()).startsWith("closed ");
    ofTwo.write(
        () -> ofTwo.connection.writeOneWay(new Target("e"), TestEnv.message(256, new byte[] {1})));
    assertThat(stays.next()).startsWith("class 256");
    assertThat(stays.next()).startsWith("oneWay e");
    assertThatThrownBy(() -> two.connect(one.address())).hasCauseInstanceOf(ConnectException.class);
    assertThat(live()).hasSize(2);
  }

  /** For its env a loop has ended although the thread goes on. */
  @Test
  void nothingOfAnEndedTransportRuns() throws Exception {
    TransportLoop ended = one.transport.nextLoop();
    TransportLoop other = two.transport.nextLoop();
    ended.schedule(() -> ran.add("scheduled"), TimeUnit.MILLISECONDS.toNanos(100));
    one.endTransport();
    ended.execute(() -> ran.add("given"));
    one.transport.connect(
        RpcAddress.of(TestEnv.HOST, 1),
        ended,
        new io.rpcenv.transport.Transport.ConnectListener() {
          @Override
          public void connected(io.rpcenv.transport.Connection connection) {
            ran.add("connected");
          }

          @Override
          public void failed(Throwable cause) {
            ran.add("failed");
          }
        });
    CompletableFuture<Void> later = new CompletableFuture<>();
    other.schedule(() -> later.complete(null), TimeUnit.MILLISECONDS.toNanos(200));
    later.get(20, TimeUnit.SECONDS);
    settle();
    assertThat(ran).isEmpty();
  }

  /** What tasks give in turn just before the end still runs. */
  @Test
  void whatIsUnderWayIsDoneBeforeTheEnd() {
    TransportLoop loop = one.transport.nextLoop();
    loop.execute(() -> loop.execute(() -> loop.execute(() -> ran.add("done"))));
    one.endTransport();
    assertThat(ran).containsExactly("done");
  }

  @Test
  void transportsTakeThreadsInTurn() throws Exception {
    CompletableFuture<Thread> first = new CompletableFuture<>();
    CompletableFuture<Thread> second = new CompletableFuture<>();
    one.transport.nextLoop().execute(() -> first.complete(Thread.currentThread()));
    two.transport.nextLoop().execute(() -> second.complete(Thread.currentThread()));
    List<Thread> both = List.of(first.get(20, TimeUnit.SECONDS), second.get(20, TimeUnit.SECONDS));
    assertThat(both).doesNotHaveDuplicates();
    assertThat(both).allMatch(t -> t instanceof LoopThread loop && loop.threads() == threads);
  }
}
