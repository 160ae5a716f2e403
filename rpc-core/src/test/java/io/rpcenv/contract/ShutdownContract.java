// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnvStoppedException;
import io.rpcenv.RpcFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Promise 12, shutdown ends: RPC-21. */
public abstract class ShutdownContract extends Contract {

  private static final Duration SOON = Duration.ofSeconds(10);

  /** RPC-21, VERTX_4170_failFastOnClose, CELEBORN_2400_deadEventLoop */
  @Test
  void pendingAsksFailAtOnceAndSoDoesEverythingAfterwards() throws Exception {
    Servant servant = new Servant();
    RpcEndpointRef ref = host("e", servant);
    List<RpcFuture<String>> pending = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      pending.add(ref.ask(new Msg.Never()));
    }
    servant.awaitKept(20);
    client().shutdown();
    for (RpcFuture<String> ask : pending) {
      Failures.of(ask, RpcEnvStoppedException.class);
    }
    Failures.of(ref.ask(new Msg.Echo("x")), RpcEnvStoppedException.class);
    assertThatThrownBy(() -> ref.askSync(new Msg.Echo("x")))
        .isInstanceOf(RpcEnvStoppedException.class);
    assertThatThrownBy(() -> ref.send(new Msg.Tick(1))).isInstanceOf(RpcEnvStoppedException.class);
    assertThatThrownBy(() -> client().setupEndpoint("late", new Servant()))
        .isInstanceOf(RpcEnvStoppedException.class);
    assertThat(client().awaitTermination(SOON)).isTrue();
    Leftovers.assertNoThreads(client().name());
    Failures.of(ref.ask(new Msg.Echo("x")), RpcEnvStoppedException.class);
  }

  /** Promise 12: accepted messages are handled, then onStop runs. */
  @Test
  void acceptedMessagesAreHandledBeforeOnStop() throws Exception {
    Gate gate = lab.gate();
    Recorder recorder =
        new Recorder() {
          @Override
          public void receive(Object message) throws Exception {
            gate.pass();
            super.receive(message);
          }
        };
    RpcEndpointRef ref = host("e", recorder);
    for (int i = 0; i < 50; i++) {
      ref.send(new Msg.Tick(i));
    }
    Eventually.await("posted", () -> lab.watcher(server()).posted("e").size() == 50);
    server().shutdown();
    gate.open();
    assertThat(server().awaitTermination(SOON)).isTrue();
    assertThat(recorder.events()).hasSize(52).startsWith("start").endsWith("stop");
    assertThat(recorder.events().get(50)).isEqualTo("receive Tick[n=49]");
  }

  /** Promise 12 */
  @Test
  void everyEndpointGetsOnStopOnce() throws Exception {
    List<Recorder> recorders = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Recorder recorder = new Recorder();
      recorders.add(recorder);
      host("e" + i, recorder).askSync(new Msg.Echo("x"));
    }
    server().shutdown();
    server().shutdown();
    server().close();
    server().close();
    for (Recorder recorder : recorders) {
      assertThat(recorder.events()).containsExactly("start", "ask x", "stop");
    }
    assertThat(lab.watcher(server()).stopped()).contains("e0", "e9");
  }

  /** Promise 12: shutdown never blocks and may be called from a handler; close there, too. */
  @Test
  void shutdownAndCloseMayBeCalledFromAHandler() throws Exception {
    CompletableFuture<String> done = new CompletableFuture<>();
    RpcEndpoint last =
        new RpcEndpoint() {
          @Override
          public void receive(Object message) {
            rpcEnv().shutdown();
            rpcEnv().close();
            done.complete("returned");
          }
        };
    host("last", last).send(new Msg.Tick(1));
    assertThat(Failures.reply(done)).isEqualTo("returned");
    assertThat(server().awaitTermination(SOON)).isTrue();
    Leftovers.assertNoThreads(server().name());
  }

  /** Promise 12: after rpc.shutdown.timeout handlers are interrupted. */
  @Test
  void aHandlerThatBlocksIsInterruptedAfterTheTimeout() throws Exception {
    lab.serverConf("rpc.shutdown.timeout", "100ms");
    Gate gate = lab.gate();
    CompletableFuture<Throwable> interrupted = new CompletableFuture<>();
    Recorder blocked =
        new Recorder() {
          @Override
          public void receive(Object message) throws Exception {
            try {
              gate.pass();
            } catch (InterruptedException e) {
              interrupted.complete(e);
              throw e;
            }
          }
        };
    host("blocked", blocked).send(new Msg.Tick(1));
    gate.awaitReached();
    server().shutdown();
    assertThat(server().awaitTermination(SOON)).isTrue();
    assertThat(interrupted).isCompleted();
    assertThat(blocked.events()).containsExactly("start", "stop");
    assertThat(blocked.errors()).hasSize(1).first().isInstanceOf(InterruptedException.class);
  }

  /** Promise 12: one that ignores the interrupt is named with its stack, in one WARN. */
  @Test
  void aHandlerThatIgnoresTheInterruptIsNamedOnce() throws Exception {
    lab.serverConf("rpc.shutdown.timeout", "100ms");
    Deaf deaf = new Deaf();
    host("deaf", deaf).send(new Msg.Tick(1));
    deaf.awaitBegun();
    try (LogCapture log = new LogCapture()) {
      server().shutdown();
      Eventually.await("the WARN", () -> !log.warnings("spinDeafly").isEmpty());
      assertThat(log.warnings("spinDeafly")).hasSize(1).first().asString().contains("deaf");
    } finally {
      deaf.release();
    }
    assertThat(server().awaitTermination(SOON)).isTrue();
  }

  /** Promise 12 */
  @Test
  void awaitTerminationWaitsForTheEnd() throws Exception {
    host("e", new Servant());
    assertThat(server().awaitTermination(Duration.ofMillis(20))).isFalse();
    server().shutdown();
    server().awaitTermination();
    assertThat(server().awaitTermination(Duration.ZERO)).isTrue();
  }

  /** SPARK_22769_quietShutdown: nothing is logged as a problem when nothing is one. */
  @Test
  void aShutdownWithMessagesUnderWayIsQuiet() throws Exception {
    RpcEndpointRef ref = host("e", new Servant());
    client().setupEndpoint("own", new NetRecorder());
    try (LogCapture log = new LogCapture()) {
      for (int i = 0; i < 100; i++) {
        ref.ask(new Msg.Count(i));
      }
      client().close();
      server().close();
      assertThat(log.warnings("")).isEmpty();
    }
  }

  /** The last hook of an env that shuts down sends no more; that of one endpoint still may. */
  @Test
  void onStopMaySendUnlessItsEnvIsShuttingDown() throws Exception {
    Recorder hearer = new Recorder();
    RpcEndpointRef other = server().setupEndpoint("other", hearer);
    Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
    RpcEndpointRef alone = server().setupEndpoint("alone", new Goodbye(other, thrown));
    server().setupEndpoint("withAll", new Goodbye(other, thrown));
    server().stop(alone);
    hearer.awaitEvents("start", "receive Tick[n=1]");
    server().close();
    assertThat(thrown).hasSize(1).first().isInstanceOf(RpcEnvStoppedException.class);
    assertThat(hearer.events()).containsExactly("start", "receive Tick[n=1]", "stop");
  }

  /** Says so when it stops. */
  private static final class Goodbye extends RpcEndpoint {

    private final RpcEndpointRef to;
    private final Queue<Throwable> thrown;

    Goodbye(RpcEndpointRef to, Queue<Throwable> thrown) {
      this.to = to;
      this.thrown = thrown;
    }

    @Override
    public void onStop() {
      to.send(new Msg.Tick(1));
    }

    @Override
    public void onError(Throwable cause) {
      thrown.add(cause);
    }
  }

  /** A call that is answered after its env has ended says so and does nothing. */
  @Test
  void answeringAfterTheEndDoesNothing() throws Exception {
    Servant servant = new Servant();
    RpcEndpointRef ref = host("e", servant);
    RpcFuture<String> ask = ref.ask(new Msg.Never());
    RpcCallContext call = servant.awaitKept(1);
    client().shutdown();
    Failures.of(ask, RpcEnvStoppedException.class);
    assertThat(servant.cancelled().await(15, TimeUnit.SECONDS)).isTrue();
    server().close();
    assertThatCode(() -> assertThat(call.reply("x")).isFalse()).doesNotThrowAnyException();
  }
}
