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
import io.rpcenv.RpcConf;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcFuture;
import io.rpcenv.RpcThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many envs on the same threads: promises 11, 12 and 14 hold for each, RPC-21. */
public abstract class SharedThreadsContract extends Contract {

  private static final Duration SOON = Duration.ofSeconds(10);

  private final List<RpcThreads> opened = new ArrayList<>();

  /** After the lab, whose envs use them. */
  @Override
  @AfterEach
  void closeLab() {
    super.closeLab();
    for (RpcThreads threads : opened) {
      threads.close();
      Leftovers.assertNoThreads(threads.name());
    }
  }

  private RpcThreads threads(String name, int dispatchers) {
    RpcConf conf =
        RpcConf.builder()
            .set("rpc.netty.dispatcher.numThreads", String.valueOf(dispatchers))
            .set("rpc.io.threads", "2")
            .build();
    RpcThreads threads = lab.threads(name, conf);
    opened.add(threads);
    return threads;
  }

  private RpcEnv on(RpcThreads threads, String name) {
    return lab.env(name).conf("rpc.shutdown.timeout", "100ms").threads(threads).open();
  }

  /** A server on the threads where there is a network, else any env. */
  private RpcEnv serverOn(RpcThreads threads, String name) {
    Lab.Spec spec = lab.env(name).conf("rpc.shutdown.timeout", "100ms").threads(threads);
    return lab.remote() ? spec.listen(0).open() : spec.open();
  }

  private RpcEndpointRef refTo(RpcEnv from, RpcEnv owner, String name) {
    return lab.remote()
        ? Lab.find(from, owner, name)
        : owner.setupEndpoint("local-" + name, new Servant());
  }

  private static List<String> sharedThreads(RpcThreads threads) {
    return Leftovers.threads(threads.name());
  }

  private static long dispatchers(RpcThreads threads) {
    return sharedThreads(threads).stream().filter(n -> n.contains("-dispatcher-")).count();
  }

  @Test
  void twoHundredEnvsHoldAsManyThreadsAsOne() throws Exception {
    RpcThreads threads = threads("many", 2);
    server().setupEndpoint("e", new Servant());
    List<RpcEnv> envs = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      RpcEnv env = on(threads, "member");
      envs.add(env);
      RpcEndpointRef own = env.setupEndpoint("own", new Servant());
      assertThat(own.askSync(new Msg.Count(i))).isEqualTo(i);
      if (lab.remote()) {
        assertThat(Lab.find(env, server(), "e").askSync(new Msg.Count(i))).isEqualTo(i);
      }
    }
    int network = lab.remote() ? 2 : 0;
    assertThat(sharedThreads(threads)).as("dispatcher, timer, network").hasSize(2 + 1 + network);
    assertThat(sharedThreads(threads)).allMatch(n -> n.matches("rpc-many-[a-z]+-\\d+"));
    assertThat(envs).allMatch(env -> Leftovers.threads(env.name()).isEmpty());
    envs.forEach(RpcEnv::shutdown);
    for (RpcEnv env : envs) {
      assertThat(env.awaitTermination(SOON)).isTrue();
    }
    assertThat(sharedThreads(threads)).hasSize(2 + 1 + network);
  }

  /** RPC-21: one env's end interrupts its own handlers and closes its own connections. */
  @Test
  void theEndOfOneEnvEndsNothingOfTheOthers() throws Exception {
    RpcThreads threads = threads("ends", 4);
    RpcEnv ending = serverOn(threads, "ending");
    RpcEnv staying = serverOn(threads, "staying");
    staying.setupEndpoint("e", new Servant());
    RpcEnv client = on(threads, "client");
    RpcEndpointRef kept = refTo(client, staying, "e");
    assertThat(kept.askSync(new Msg.Echo("before"))).isEqualTo("before");

    Gate open = lab.gate();
    CompletableFuture<Throwable> interrupted = new CompletableFuture<>();
    CompletableFuture<String> passed = new CompletableFuture<>();
    RpcEndpoint mine =
        new Recorder() {
          @Override
          public void receive(Object message) throws Exception {
            try {
              new CompletableFuture<Void>().get();
            } catch (InterruptedException e) {
              interrupted.complete(e);
              throw e;
            }
          }
        };
    RpcEndpoint theirs =
        new Recorder() {
          @Override
          public void receive(Object message) throws Exception {
            open.pass();
            passed.complete("not interrupted");
          }
        };
    ending.setupEndpoint("mine", mine).send(new Msg.Tick(1));
    staying.setupEndpoint("theirs", theirs).send(new Msg.Tick(1));
    open.awaitReached();
    RpcFuture<String> pending =
        staying.setupEndpoint("silent", new Servant()).ask(new Msg.Never(), String.class, LONG);

    ending.shutdown();
    assertThat(ending.awaitTermination(SOON)).isTrue();
    assertThat(interrupted).isCompleted();
    assertThat(passed).isNotDone();
    assertThat(pending).as("an ask of another env").isNotDone();
    assertThat(kept.askSync(new Msg.Echo("after"))).isEqualTo("after");
    open.open();
    assertThat(Failures.reply(passed)).isEqualTo("not interrupted");
  }

  /** RPC-21: a thread that was left behind is replaced, and one of the pool's when it returns. */
  @Test
  void aHandlerThatIgnoresTheEndOfItsEnvTakesNoThreadFromOthers() throws Exception {
    RpcThreads threads = threads("deaf", 1);
    RpcEnv ending = on(threads, "ending");
    RpcEnv staying = on(threads, "staying");
    assertThat(dispatchers(threads)).isEqualTo(1);
    AtomicBoolean release = new AtomicBoolean();
    CompletableFuture<String> reached = new CompletableFuture<>();
    Recorder deaf =
        new Recorder() {
          @Override
          public void receive(Object message) throws Exception {
            super.receive(message);
            reached.complete(Thread.currentThread().getName());
            while (!release.get()) {
              Thread.onSpinWait();
            }
          }
        };
    RpcEndpointRef ref = ending.setupEndpoint("deaf", deaf);
    ref.send(new Msg.Tick(1));
    assertThat(Failures.reply(reached)).startsWith("rpc-deaf-dispatcher-");
    RpcEndpointRef other = staying.setupEndpoint("other", new Servant());
    try (LogCapture log = new LogCapture()) {
      ending.shutdown();
      assertThat(ending.awaitTermination(SOON)).isTrue();
      assertThat(log.warnings("ignores its interrupt"))
          .hasSize(1)
          .first()
          .asString()
          .contains("[" + ending.name() + "]", "endpoint [deaf]");
      assertThat(other.askSync(new Msg.Echo("alive"))).isEqualTo("alive");
      assertThat(dispatchers(threads)).isEqualTo(2);
    } finally {
      release.set(true);
    }
    Eventually.await("its thread is back", () -> dispatchers(threads) == 1);
    assertThat(other.askSync(new Msg.Echo("alive"))).isEqualTo("alive");
  }

  /** Promise 14: a handler that waits gets a spare, whoever's it is. */
  @Test
  void aHandlerThatWaitsBlocksNoOtherEnv() throws Exception {
    RpcThreads threads = threads("spares", 1);
    RpcEnv waiting = on(threads, "waiting");
    RpcEnv other = on(threads, "other");
    Servant silent = new Servant();
    RpcEndpointRef never = waiting.setupEndpoint("silent", silent);
    RpcEndpoint blocked =
        new Recorder() {
          @Override
          public void receiveAndReply(Object message, RpcCallContext call) {
            call.reply(never.askSync(new Msg.Never()));
          }
        };
    RpcFuture<String> ask = waiting.setupEndpoint("blocked", blocked).ask(new Msg.Echo("?"));
    silent.awaitKept(1);
    RpcEndpointRef free = other.setupEndpoint("free", new Servant());
    assertThat(free.askSync(new Msg.Echo("free"))).isEqualTo("free");
    silent.kept().get(0).reply("now");
    assertThat(Failures.reply(ask)).isEqualTo("now");
  }

  /** Promises 12 and 14: a handler may await another env on its threads, and end its own. */
  @Test
  void whatRunsDecidesWhoseThreadItIs() throws Exception {
    RpcThreads threads = threads("whose", 1);
    RpcEnv first = on(threads, "first");
    RpcEnv second = on(threads, "second");
    CompletableFuture<String> closed = new CompletableFuture<>();
    RpcEndpoint closer =
        new Recorder() {
          @Override
          public void receive(Object message) throws Exception {
            second.close();
            boolean ended = second.awaitTermination(Duration.ZERO);
            rpcEnv().close();
            closed.complete(ended + ", " + rpcEnv().name());
          }
        };
    first.setupEndpoint("closer", closer).send(new Msg.Tick(1));
    assertThat(Failures.reply(closed)).isEqualTo("true, " + first.name());
    assertThat(first.awaitTermination(SOON)).isTrue();
  }

  /** Promise 14: the timer counts as each env's own. */
  @Test
  void nothingWaitsOnTheSharedTimer() throws Exception {
    RpcThreads threads = threads("timer", 2);
    RpcEnv asking = on(threads, "asking");
    RpcEnv other = on(threads, "other");
    CompletableFuture<Throwable> refused = new CompletableFuture<>();
    RpcEndpointRef silent = asking.setupEndpoint("silent", new Servant());
    RpcFuture<String> ask = silent.ask(new Msg.Never(), String.class, Duration.ofMillis(50));
    ask.whenComplete(
        (reply, failure) -> {
          try {
            other.awaitTermination();
            refused.complete(new AssertionError("it waited"));
          } catch (Exception e) {
            other.close(); // shuts down only
            refused.complete(e);
          }
        });
    assertThat(Failures.reply(refused))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("rpc-timer-timer-1");
    assertThat(other.awaitTermination(SOON)).isTrue();
    RpcFuture<String> later = silent.ask(new Msg.Never(), String.class, Duration.ofMillis(50));
    Failures.of(later, io.rpcenv.RpcTimeoutException.class);
  }

  @Test
  void eachExecutorRunsWhereItSays() throws Exception {
    RpcThreads threads = threads("where", 2);
    RpcEnv env = on(threads, "env");
    assertThat(threadOf(env, EndpointExecutor.SHARED)).startsWith("rpc-where-dispatcher-");
    assertThat(threadOf(env, EndpointExecutor.DEDICATED))
        .startsWith("rpc-" + env.name() + "-DEDICATED-");
    String loop = threadOf(env, EndpointExecutor.EVENT_LOOP);
    assertThat(loop).startsWith("rpc-where-");
    assertThat(loop.contains("dispatcher")).isEqualTo(!lab.remote());
  }

  private static String threadOf(RpcEnv env, EndpointExecutor executor) {
    RpcEndpoint endpoint =
        new RpcEndpoint() {
          @Override
          public void receiveAndReply(Object message, RpcCallContext call) {
            call.reply(Thread.currentThread().getName());
          }
        };
    return env.setupEndpoint(
            executor.name(), endpoint, EndpointOptions.serial().withExecutor(executor))
        .askSync(new Msg.Echo("where?"));
  }

  @Test
  void threadsInUseAreNotClosed() throws Exception {
    RpcThreads threads = threads("used", 2);
    RpcEnv env = on(threads, "user");
    assertThatThrownBy(threads::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "threads [used] are used by 1 env: ["
                + env.name()
                + "] (expected: closed after the last env on them has ended)");
    RpcEndpointRef ref = env.setupEndpoint("e", new Servant());
    assertThat(ref.askSync(new Msg.Echo("alive"))).isEqualTo("alive");
    env.close();
    threads.close();
    threads.close();
    Leftovers.assertNoThreads("used");
    assertThatThrownBy(() -> on(threads, "late"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("threads [used] are closed (expected: open ones)");
  }

  /** An env that could not be made uses nothing. */
  @Test
  void anEnvThatCouldNotBeMadeLeavesTheThreadsFree() throws Exception {
    RpcThreads threads = threads("free", 2);
    assertThatThrownBy(() -> lab.env("bad").threads(threads).listen("0.0.0.0", 0).open())
        .isInstanceOf(RuntimeException.class);
    threads.close();
    Leftovers.assertNoThreads("free");
  }
}
