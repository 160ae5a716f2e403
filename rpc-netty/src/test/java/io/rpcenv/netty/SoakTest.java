// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.internal.PlatformDependent;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvStats;
import io.rpcenv.RpcRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Eight threads ask and send over one connection, a million times each: every ask is answered once,
 * the order of each thread is kept, and nothing is left behind.
 *
 * <pre>
 * mvn -pl rpc-netty -am test -Pstress -Dtest=SoakTest -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 *
 * <p>{@code -Drpcenv.soak=N} sets the messages of each thread.
 */
@Tag("stress")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class SoakTest {

  private static final int THREADS = 8;
  private static final int MESSAGES = Integer.getInteger("rpcenv.soak", 1_000_000);
  private static final int MAX_UNHANDLED = 10_000;
  private static final long MAX_HEAP_GROWTH = 5L << 20;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Sent(int thread, int number, byte[] body) {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Asked(int thread, int number, byte[] body) implements RpcRequest<Answer> {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Answer(int number, byte[] body) {}

  private static boolean isRight(Answer answer, int number) {
    return answer.number() == number && Arrays.equals(answer.body(), body(number));
  }

  /** Mostly none; now and then more than a batch takes, and, seldom, some chunks. */
  private static byte[] body(int number) {
    int size = number % 9_999 == 9_998 ? 400 << 10 : number % 501 == 250 ? 5 << 10 : 0;
    byte[] body = new byte[size];
    Arrays.fill(body, (byte) number);
    return body;
  }

  /**
   * Checks the order of each thread; one unit of that thread's allowance comes back per message.
   */
  static final class Checker extends RpcEndpoint {

    private final int[] next = new int[THREADS];
    private final List<Semaphore> allowance = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> disorder = new ConcurrentLinkedQueue<>();

    Checker() {
      for (int i = 0; i < THREADS; i++) {
        allowance.add(new Semaphore(MAX_UNHANDLED));
      }
    }

    @Override
    public void receive(Object message) {
      Sent sent = (Sent) message;
      check(sent.thread(), sent.number(), sent.body());
    }

    @Override
    public void receiveAndReply(Object message, RpcCallContext call) {
      Asked asked = (Asked) message;
      check(asked.thread(), asked.number(), asked.body());
      call.reply(new Answer(asked.number(), asked.body()));
    }

    private void check(int thread, int number, byte[] body) {
      if (!Arrays.equals(body, body(number))) {
        disorder.add("thread " + thread + ": body of " + number);
      }
      if (number != next[thread]) {
        disorder.add("thread " + thread + ": " + number + " (expected: " + next[thread] + ")");
      }
      next[thread] = number + 1;
      allowance.get(thread).release();
    }
  }

  @Test
  void millionsOfAsksAndSendsOverOneConnectionLeaveNothingBehind() throws Exception {
    try (RpcEnv server =
            RpcEnv.builder("soak-server")
                .listen("localhost", 0)
                .messages(Sent.class, Asked.class)
                .build();
        RpcEnv client = RpcEnv.builder("soak-client").messages(Sent.class, Asked.class).build()) {
      round(server, client, "warm-up", Math.max(1, MESSAGES / 20));
      long before = usedHeap();
      round(server, client, "checker", MESSAGES);
      assertNothingWaits(client);
      assertNothingWaits(server);
      assertThat(usedHeap() - before)
          .as("bytes of heap more than before")
          .isLessThan(MAX_HEAP_GROWTH);
    }
    // Threads that are gone have given their caches back; the allocator's chunks stay, unused.
    awaitNoUsedBuffers();
  }

  private static void round(RpcEnv server, RpcEnv client, String name, int messages)
      throws InterruptedException {
    Checker checker = new Checker();
    RpcEndpointRef registered = server.setupEndpoint(name, checker);
    RpcEndpointRef ref = client.setupEndpointRef(server.address().orElseThrow(), name);
    AtomicIntegerArray answers = new AtomicIntegerArray(THREADS * messages);
    AtomicLong wrong = new AtomicLong();
    CountDownLatch answered = new CountDownLatch(THREADS * (messages / 2));
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int thread = t;
      threads.add(
          new Thread(
              () -> talk(ref, checker, thread, messages, answers, wrong, answered),
              "soak-" + thread));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    answered.await();
    for (Semaphore allowance : checker.allowance) {
      allowance.acquire(MAX_UNHANDLED);
    }
    assertThat(checker.disorder).isEmpty();
    assertThat(wrong).hasValue(0);
    assertThat(checker.next).containsOnly(messages);
    for (int i = 0; i < answers.length(); i++) {
      assertThat(answers.get(i)).isEqualTo(i % messages % 2 == 0 ? 0 : 1);
    }
    server.stop(registered);
  }

  private static void talk(
      RpcEndpointRef ref,
      Checker checker,
      int thread,
      int messages,
      AtomicIntegerArray answers,
      AtomicLong wrong,
      CountDownLatch answered) {
    for (int i = 0; i < messages; i++) {
      checker.allowance.get(thread).acquireUninterruptibly();
      if (i % 2 == 0) {
        ref.send(new Sent(thread, i, body(i)));
      } else {
        int number = i;
        ref.ask(new Asked(thread, number, body(number)))
            .whenComplete(
                (reply, failure) -> {
                  if (failure != null || !isRight(reply, number)) {
                    wrong.incrementAndGet();
                  }
                  answers.incrementAndGet(thread * messages + number);
                  answered.countDown();
                });
      }
    }
  }

  private static void assertNothingWaits(RpcEnv env) {
    RpcEnvStats stats = env.stats();
    assertThat(stats.dropped()).isEmpty();
    assertThat(stats.endpoints()).allSatisfy(e -> assertThat(e.depth()).isZero());
    assertThat(stats.peers())
        .allSatisfy(
            peer -> {
              assertThat(peer.pendingAsks()).isZero();
              assertThat(peer.queuedMessages()).isZero();
              assertThat(peer.queuedBytes()).isZero();
            });
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 10; i++) {
      System.gc();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }

  private static void awaitNoUsedBuffers() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (pinned() != 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    assertThat(pinned())
        .as("bytes of buffers in use, of " + PlatformDependent.usedDirectMemory() + " direct")
        .isZero();
  }

  private static long pinned() {
    PooledByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    return allocator.pinnedDirectMemory() + allocator.pinnedHeapMemory();
  }
}
