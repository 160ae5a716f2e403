// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.EndpointExecutor;
import io.rpcenv.EndpointOptions;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcFuture;
import io.rpcenv.RpcRemoteException;
import io.rpcenv.testing.Jvm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Endpoints on virtual threads: RPC-09, RPC-18, RPC-19, RPC-20, RPC-21 and promise 14, as on any
 * executor. On a JVM without them each test shows instead that it says so; as that is decided in
 * one place here, the rows are not spread over the classes of the other executors.
 */
public abstract class VirtualContract extends Contract {

  static final EndpointOptions VIRTUAL =
      EndpointOptions.serial().withExecutor(EndpointExecutor.VIRTUAL);

  private static final Duration SOON = Duration.ofSeconds(10);

  /** What is shown on a JVM that has virtual threads. */
  @FunctionalInterface
  interface Body {
    void run() throws Exception;
  }

  final void onVirtualThreads(Body body) throws Exception {
    if (Jvm.hasVirtualThreads()) {
      body.run();
      return;
    }
    assertThatThrownBy(() -> server().setupEndpoint("refused", new Servant(), VIRTUAL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "executor: VIRTUAL (expected: Java 21 or later, this is "
                + Runtime.version().feature()
                + ")");
    assertThat(server().setupEndpoint("refused", new Servant()).askSync(new Msg.Echo("free")))
        .as("the name was not taken")
        .isEqualTo("free");
  }

  /** Does something in its handler and answers with what it returns. */
  @FunctionalInterface
  private interface Deed {
    Object run(RpcEndpoint self) throws Exception;
  }

  private static RpcEndpoint doing(Deed deed) {
    return new RpcEndpoint() {
      @Override
      public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
        call.reply(deed.run(this));
      }
    };
  }

  private RpcEndpointRef hostDoing(String name, Deed deed) {
    return lab.host(name, doing(deed), VIRTUAL);
  }

  private static RpcRemoteException failureOf(RpcEndpointRef ref) throws Exception {
    return Failures.of(ref.ask(new Msg.Count(1)), RpcRemoteException.class);
  }

  @Test
  void threadsAreVirtualAndNamedAndEndWithTheirWork() throws Exception {
    onVirtualThreads(
        () -> {
          BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
          RpcEndpointRef ref =
              hostDoing(
                  "named",
                  self -> {
                    threads.add(Thread.currentThread());
                    return Thread.currentThread().getName();
                  });
          String prefix = "rpc-" + server().name() + "-named-";
          for (int i = 0; i < 3; i++) {
            assertThat(ref.askSync(new Msg.Echo("where?"))).matches(prefix + "\\d+");
          }
          assertThat(threads).hasSize(3).allMatch(Jvm::isVirtual);
          Eventually.await("idle: none", () -> threads.stream().noneMatch(Thread::isAlive));
        });
  }

  /** RPC-09 */
  @Test
  void hooksRunOnceAndInOrder() throws Exception {
    onVirtualThreads(
        () -> {
          Recorder recorder = new Recorder();
          RpcEndpointRef ref = lab.host("e", recorder, VIRTUAL);
          ref.send(new Msg.Tick(1));
          ref.askSync(new Msg.Echo("2"));
          ref.send(new Msg.Tick(3));
          ref.askSync(new Msg.Echo("4"));
          recorder.stop();
          recorder.awaitEvents(
              "start", "receive Tick[n=1]", "ask 2", "receive Tick[n=3]", "ask 4", "stop");
        });
  }

  /** RPC-09: each message sees what the one before has written, on whatever thread. */
  @Test
  void aPlainIntCountsThousandMessagesOfTenThreads() throws Exception {
    onVirtualThreads(
        () -> {
          for (int round = 0; round < 10; round++) {
            PlainInt counter = new PlainInt();
            RpcEndpointRef ref = lab.host("counter" + round, counter, VIRTUAL);
            Crew.run(
                10,
                thread -> {
                  for (int i = 0; i < 100; i++) {
                    ref.send(new Msg.Tick(i));
                  }
                  ref.askSync(new Msg.Count(0));
                });
            counter.stop();
            assertThat(Failures.reply(counter.total)).isEqualTo(1000);
          }
        });
  }

  private static final class PlainInt extends RpcEndpoint {
    private final CompletableFuture<Integer> total = new CompletableFuture<>();
    private int count;

    @Override
    public void receive(Object message) {
      count++;
    }

    @Override
    public void receiveAndReply(Object message, RpcCallContext call) {
      call.reply(count);
    }

    @Override
    public void onStop() {
      total.complete(count);
    }
  }

  /** RPC-18, with a one-thread dispatcher. */
  @Test
  void aBlockedEndpointDelaysNobody() throws Exception {
    lab.serverConf("rpc.netty.dispatcher.numThreads", "1");
    onVirtualThreads(
        () -> {
          Gate gate = lab.gate();
          for (int i = 0; i < 50; i++) {
            lab.host("blocked" + i, new Blocker(gate), VIRTUAL).send(new Msg.Tick(1));
          }
          gate.awaitReached();
          RpcEndpointRef shared = host("shared", new Servant());
          RpcEndpointRef virtual = lab.host("virtual", new Servant(), VIRTUAL);
          for (int i = 0; i < 20; i++) {
            assertThat(shared.askSync(new Msg.Count(i))).isEqualTo(i);
            assertThat(virtual.askSync(new Msg.Count(i))).isEqualTo(i);
          }
        });
  }

  /** RPC-19 */
  @Test
  void aParallelEndpointRunsSoManyMessagesAtOnceAndNoMore() throws Exception {
    onVirtualThreads(
        () -> {
          Meeting meeting = new Meeting(20);
          RpcEndpointRef ref = lab.host("meeting", meeting, VIRTUAL.withParallelism(20));
          List<RpcFuture<Integer>> asks = new ArrayList<>();
          for (int i = 0; i < 60; i++) {
            asks.add(ref.ask(new Msg.Count(i)));
          }
          for (int i = 0; i < 60; i++) {
            assertThat(Failures.reply(asks.get(i))).isEqualTo(i);
          }
          meeting.stop();
          Eventually.await("stopped", () -> lab.watcher(server()).stopped().contains("meeting"));
          assertThat(meeting.most.get()).isEqualTo(20);
          assertThat(meeting.besideStop.get()).as("handlers beside onStop").isZero();
        });
  }

  /** Answers when so many handlers are inside at once. */
  private static final class Meeting extends RpcEndpoint {
    private final CyclicBarrier barrier;
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger besideStop = new AtomicInteger();

    Meeting(int size) {
      this.barrier = new CyclicBarrier(size);
    }

    @Override
    public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      barrier.await(10, TimeUnit.SECONDS);
      inside.decrementAndGet();
      call.reply(((Msg.Count) message).n());
    }

    @Override
    public void onStop() {
      besideStop.set(inside.get());
    }
  }

  /** RPC-20, SPARK_27496_fatalRepliedToSender, SPARK_32738_endpointSurvivesOom */
  @Test
  void aFatalErrorIsAnsweredThenReportedAndTheEndpointGoesOn() throws Exception {
    onVirtualThreads(
        () -> {
          BlockingQueue<String> uncaught = new LinkedBlockingQueue<>();
          Servant servant =
              new Servant() {
                @Override
                public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
                  Thread.currentThread()
                      .setUncaughtExceptionHandler((t, e) -> uncaught.add(e.toString()));
                  super.receiveAndReply(message, call);
                }
              };
          RpcEndpointRef ref = lab.host("e", servant, VIRTUAL);
          List<RpcFuture<?>> asks = new ArrayList<>();
          for (String how : List.of("stack", "memory", "error")) {
            asks.add(ref.ask(new Msg.Fail(how)));
            asks.add(ref.ask(new Msg.Echo("after " + how)));
          }
          for (int i = 0; i < asks.size(); i += 2) {
            assertThat(Failures.of(asks.get(i), RpcRemoteException.class).remoteMessage())
                .isEqualTo("as asked");
            Failures.reply(asks.get(i + 1));
          }
          Eventually.await("both are reported", () -> uncaught.size() == 2);
          assertThat(uncaught)
              .containsExactlyInAnyOrder(
                  "java.lang.StackOverflowError: as asked", "java.lang.OutOfMemoryError: as asked");
          assertThat(servant.errors()).hasSize(3);
        });
  }

  /** Promise 14: a wait needs no spare thread and no warning. */
  @Test
  void askSyncInAHandlerNeedsNoSpareThread() throws Exception {
    lab.serverConf("rpc.netty.dispatcher.numThreads", "1");
    lab.serverConf("rpc.dispatcher.maxSpareThreads", "0");
    onVirtualThreads(
        () -> {
          try (LogCapture log = new LogCapture()) {
            RpcEndpointRef inner = server().setupEndpoint("link0", doing(self -> 7), VIRTUAL);
            for (int i = 1; i <= 10; i++) {
              RpcEndpointRef next = inner;
              boolean sync = i % 2 == 0;
              Deed ask =
                  self -> sync ? next.askSync(new Msg.Count(1)) : next.ask(new Msg.Count(1)).get();
              inner = server().setupEndpoint("link" + i, doing(ask), VIRTUAL);
            }
            assertThat(inner.askSync(new Msg.Count(1))).isEqualTo(7);
            assertThat(log.warnings("")).isEmpty();
          }
        });
  }

  /** Promise 14: serial endpoints that wait for themselves fail at once. */
  @Test
  void aSerialEndpointThatWouldWaitForItselfFailsAtOnce() throws Exception {
    onVirtualThreads(
        () -> {
          RpcEndpointRef alone =
              hostDoing("alone", self -> self.self().askSync(new Msg.Count(0), LONG));
          assertThat(failureOf(alone)).hasMessageContaining("[alone -> alone]");
          CompletableFuture<RpcEndpointRef> second = new CompletableFuture<>();
          RpcEndpointRef a =
              server()
                  .setupEndpoint(
                      "a", doing(s -> second.get().askSync(new Msg.Count(0), LONG)), VIRTUAL);
          second.complete(
              server().setupEndpoint("b", doing(s -> a.askSync(new Msg.Count(0), LONG)), VIRTUAL));
          assertThat(failureOf(a)).hasMessageContaining("[b -> a -> b]");
          RpcEndpointRef parallel =
              lab.host(
                  "parallel",
                  new Servant() {
                    @Override
                    public void receiveAndReply(Object message, RpcCallContext call)
                        throws Exception {
                      if (message instanceof Msg.WhereAmI) {
                        call.reply(self().askSync(new Msg.Echo("inner")));
                      } else {
                        super.receiveAndReply(message, call);
                      }
                    }
                  },
                  VIRTUAL.withParallelism(2));
          assertThat(parallel.askSync(new Msg.WhereAmI())).isEqualTo("inner");
        });
  }

  /** Promise 14 and 12: the env knows such a thread as its own. */
  @Test
  void theEndIsNotAwaitedOnAThreadOfTheEnv() throws Exception {
    onVirtualThreads(
        () -> {
          RpcEndpointRef waiter =
              hostDoing("waiter", self -> self.rpcEnv().awaitTermination(LONG) ? 1 : 2);
          assertThat(failureOf(waiter)).hasMessageContaining("would wait for itself");
          CompletableFuture<String> closed = new CompletableFuture<>();
          RpcEndpoint closer =
              new Recorder() {
                @Override
                public void receive(Object message) {
                  rpcEnv().close();
                  closed.complete("returned");
                }
              };
          lab.host("closer", closer, VIRTUAL).send(new Msg.Tick(1));
          assertThat(Failures.reply(closed)).isEqualTo("returned");
          assertThat(server().awaitTermination(SOON)).isTrue();
        });
  }

  /** RPC-21, promise 12: after rpc.shutdown.timeout handlers are interrupted; nothing is left. */
  @Test
  void aHandlerThatBlocksIsInterruptedAfterTheTimeout() throws Exception {
    lab.serverConf("rpc.shutdown.timeout", "100ms");
    onVirtualThreads(
        () -> {
          BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
          Recorder blocked =
              new Recorder() {
                @Override
                public void receive(Object message) throws Exception {
                  threads.add(Thread.currentThread());
                  new CompletableFuture<Void>().get();
                }
              };
          lab.host("blocked", blocked, VIRTUAL).send(new Msg.Tick(1));
          Eventually.await("blocked", () -> !threads.isEmpty());
          server().shutdown();
          assertThat(server().awaitTermination(SOON)).isTrue();
          assertThat(blocked.events()).containsExactly("start", "stop");
          assertThat(blocked.errors()).hasSize(1).first().isInstanceOf(InterruptedException.class);
          Eventually.await("none left", () -> threads.stream().noneMatch(Thread::isAlive));
        });
  }

  /** Promise 12: one that ignores the interrupt is named with its stack, in one WARN. */
  @Test
  void aHandlerThatIgnoresTheInterruptIsNamedOnce() throws Exception {
    lab.serverConf("rpc.shutdown.timeout", "100ms");
    onVirtualThreads(
        () -> {
          AtomicBoolean release = new AtomicBoolean();
          CompletableFuture<Thread> reached = new CompletableFuture<>();
          RpcEndpoint deaf =
              new Recorder() {
                @Override
                public void receive(Object message) {
                  reached.complete(Thread.currentThread());
                  spinDeafly(release);
                }
              };
          lab.host("deaf", deaf, VIRTUAL).send(new Msg.Tick(1));
          Failures.reply(reached);
          try (LogCapture log = new LogCapture()) {
            server().shutdown();
            assertThat(server().awaitTermination(SOON)).as("it is not waited for").isTrue();
            assertThat(log.warnings("spinDeafly"))
                .hasSize(1)
                .first()
                .asString()
                .contains("endpoint [deaf]", "[rpc-" + server().name() + "-deaf-");
          } finally {
            release.set(true);
          }
          Eventually.await("it ends", () -> !reached.join().isAlive());
        });
  }

  @SuppressWarnings("ThreadPriorityCheck") // gives the carrier to others
  private static void spinDeafly(AtomicBoolean release) {
    while (!release.get()) {
      Thread.yield();
    }
  }
}
