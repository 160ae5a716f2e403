// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import static io.rpcenv.contract.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.DropReason;
import io.rpcenv.EndpointExecutor;
import io.rpcenv.EndpointOptions;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnvStats;
import io.rpcenv.RpcEnvStoppedException;
import io.rpcenv.internal.call.WaitGuard;
import io.rpcenv.testing.FakeRef;
import io.rpcenv.testing.Logged;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Names, registration, network events and the end of a dispatcher. */
@Timeout(30)
class DispatcherTest {

  private static final RpcAddress PEER = RpcAddress.of("peer", 1);
  private static final EndpointOptions SHARED = EndpointOptions.serial();

  private final Stage stage = new Stage();
  private final Dispatcher dispatcher = stage.dispatcher;
  private final Actor actor = new Actor(stage.log);

  @AfterEach
  void end() throws InterruptedException {
    stage.close();
  }

  private static List<String> threads(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith(prefix))
        .sorted()
        .toList();
  }

  // Names

  @Test
  void aNameIsTakenUntilItsEndpointIsStopped() {
    Inbox first = stage.start(actor);
    Actor other = new Actor(stage.log);
    assertThatThrownBy(() -> stage.register(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("name: e (expected: a name that no endpoint of this env has)");
    assertThat(dispatcher.find("e")).isSameAs(first);
    assertThat(dispatcher.find("f")).isNull();
    actor.at("stop", () -> stage.log.add("e is " + dispatcher.find("e")));
    dispatcher.stop(first);
    assertThat(dispatcher.find("e")).as("free at once").isNull();
    Inbox second = stage.register(other);
    stage.scheduler.runAll();
    assertThat(stage.log)
        .containsExactly("start", "started e", "stop", "e is e", "stopped e", "start", "started e");
    assertThat(dispatcher.find("e")).isSameAs(second);
    assertThat(dispatcher.stats()).extracting(RpcEnvStats.Endpoint::name).containsExactly("e");
  }

  @Test
  void anEndpointWhoseNameIsTakenLeavesNoThreadsBehind() {
    EndpointOptions dedicated = SHARED.withExecutor(EndpointExecutor.DEDICATED);
    stage.register("d", actor, dedicated);
    assertThatThrownBy(() -> stage.register("d", new Actor(stage.log), dedicated))
        .isInstanceOf(IllegalArgumentException.class);
    await("one endpoint's threads", () -> threads("rpc-stage-d-").size() == 1);
    assertThat(dispatcher.find("d")).isNotNull();
  }

  @Test
  void anEndpointThatCannotBeBoundLeavesNothingBehind() {
    stage.start(actor);
    Inbox[] refused = new Inbox[1];
    stage.beforeBind =
        () -> {
          refused[0] = dispatcher.find("f");
          stage.post(refused[0], "early");
        };
    assertThatThrownBy(() -> stage.register("f", actor, Stage.STEPPED))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("never registered");
    assertThat(dispatcher.find("f")).isNull();
    stage.scheduler.runAll();
    assertThat(stage.log)
        .containsExactly("start", "started e", "rejected early for f: ENDPOINT_STOPPED");
    assertThat(stage.post(refused[0], "late")).isEqualTo(DropReason.ENDPOINT_STOPPED);
    dispatcher.stop(dispatcher.find("e"));
    stage.scheduler.runAll();
    assertThat(dispatcher.stopAll()).isCompleted();
    assertThat(stage.scheduler.terminated).hasValue(2);
  }

  // Where endpoints run

  @Test
  void endpointsShareThreadsUnlessTheyWantTheirOwn() throws Exception {
    CompletableFuture<String> shared = new CompletableFuture<>();
    CompletableFuture<String> own = new CompletableFuture<>();
    actor.at("start", () -> shared.complete(Thread.currentThread().getName()));
    Actor dedicated = new Actor(stage.log);
    dedicated.at("start", () -> own.complete(Thread.currentThread().getName()));
    stage.register("s", actor, SHARED);
    assertThat(shared.get(10, TimeUnit.SECONDS)).matches("rpc-stage-dispatcher-[12]");
    Inbox inbox =
        stage.register(
            "d", dedicated, SHARED.withParallelism(2).withExecutor(EndpointExecutor.DEDICATED));
    assertThat(own.get(10, TimeUnit.SECONDS)).matches("rpc-stage-d-[12]");
    assertThat(threads("rpc-stage-d-")).hasSize(2);
    dispatcher.stop(inbox);
    await("its threads end with it", () -> threads("rpc-stage-d-").isEmpty());
    inbox.enqueue(new Note("late", stage.log));
    await(
        "the shared threads refuse what is late",
        () -> stage.log.contains("rejected late for d: ENDPOINT_STOPPED"));
  }

  @Test
  void aRefusedNameLeavesNoThreads() {
    stage.start(actor);
    EndpointOptions own = SHARED.withExecutor(EndpointExecutor.DEDICATED);
    assertThatThrownBy(() -> stage.register("e", new Actor(stage.log), own))
        .isInstanceOf(IllegalArgumentException.class);
    await("its threads end", () -> threads("rpc-stage-e-").isEmpty());
  }

  /** RPC-15: nobody waits for the threads of another endpoint. */
  @Test
  void anEndpointsOwnThreadsHaveNoSpares() throws Exception {
    CompletableFuture<List<String>> seen = new CompletableFuture<>();
    try (Logged logged = new Logged(WorkerPool.class)) {
      actor.at(
          "start",
          () -> {
            WaitGuard guard = WaitGuard.enter("it");
            seen.complete(threads("rpc-stage-d-"));
            guard.end();
          });
      stage.register("d", actor, SHARED.withExecutor(EndpointExecutor.DEDICATED));
      assertThat(seen.get(10, TimeUnit.SECONDS)).containsExactly("rpc-stage-d-1");
      assertThat(logged.lines()).isEmpty();
    }
  }

  @Test
  void withoutATransportTheSharedThreadsRunEventLoopEndpoints() throws Exception {
    WorkerPool shared = WorkerPool.shared("alone", RpcConf.defaults());
    Dispatcher alone =
        new Dispatcher(
            new FakeEnv("alone"),
            RpcConf.defaults(),
            stage,
            FakeEnv::bindTo,
            shared,
            Optional.empty());
    CompletableFuture<String> thread = new CompletableFuture<>();
    actor.at("start", () -> thread.complete(Thread.currentThread().getName()));
    alone.register(new FakeRef("e"), actor, Stage.STEPPED);
    assertThat(thread.get(10, TimeUnit.SECONDS)).startsWith("rpc-alone-dispatcher-");
    alone.stopAll().get(10, TimeUnit.SECONDS);
    alone.end(TimeUnit.SECONDS.toNanos(10));
    assertThat(threads("rpc-alone-")).as("shared threads live on").isNotEmpty();
    shared.end();
    await("threads gone", () -> threads("rpc-alone-").isEmpty());
  }

  @Test
  void knowsItsOwnThreads() throws Exception {
    CompletableFuture<Boolean> inside = new CompletableFuture<>();
    dispatcher.execute(() -> inside.complete(dispatcher.inDispatcherThread()));
    assertThat(inside.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(dispatcher.inDispatcherThread()).isFalse();
    try (Stage other = new Stage()) {
      CompletableFuture<Boolean> elsewhere = new CompletableFuture<>();
      other.dispatcher.execute(() -> elsewhere.complete(dispatcher.inDispatcherThread()));
      assertThat(elsewhere.get(10, TimeUnit.SECONDS)).isFalse();
    }
  }

  // Network events

  /** RPC-11 */
  @Test
  void endpointsWithNetworkHooksHearOfTheNetworkUntilTheyStop() {
    Actor.Networked networked = new Actor.Networked(stage.log);
    Inbox inbox = stage.register(networked);
    stage.register("deaf", actor, Stage.STEPPED);
    assertThat(stage.scheduler.later).as("a start is no event").hasValue(0);
    stage.scheduler.runAll();
    stage.log.clear();
    dispatcher.connected(PEER);
    assertThat(stage.scheduler.later).as("never within the call").hasValue(1);
    dispatcher.networkError(new Exception("x"), PEER);
    dispatcher.disconnected(PEER);
    networked.at(
        "connected peer:1",
        () -> {
          throw new Exception("in hook");
        });
    stage.scheduler.runAll();
    assertThat(stage.log)
        .containsExactly(
            "connected peer:1", "error in hook", "network error x peer:1", "disconnected peer:1");
    dispatcher.stop(inbox);
    inbox.postLifecycle(LifecycleMessage.Event.connected(PEER));
    dispatcher.connected(PEER);
    stage.scheduler.runAll();
    assertThat(stage.log).endsWith("stop", "stopped e");
  }

  @Test
  void anyOfTheNetworkHooksCounts() {
    assertThat(NetworkHooks.in(actor)).isFalse();
    assertThat(
            NetworkHooks.in(
                new RpcEndpoint() {
                  @Override
                  public void onConnected(RpcAddress peer) {}
                }))
        .isTrue();
    assertThat(
            NetworkHooks.in(
                new RpcEndpoint() {
                  @Override
                  public void onDisconnected(RpcAddress peer) {}
                }))
        .isTrue();
    assertThat(
            NetworkHooks.in(
                new RpcEndpoint() {
                  @Override
                  public void onNetworkError(Throwable cause, RpcAddress peer) {}
                }))
        .isTrue();
  }

  // The end

  @Test
  void stopAllStopsEveryEndpointAndThenThereAreNoMore() {
    stage.start(actor);
    stage.register("f", new Actor(stage.log), Stage.STEPPED);
    stage.scheduler.runAll();
    CompletableFuture<Void> stopped = dispatcher.stopAll();
    assertThat(stopped).isNotDone();
    stage.scheduler.runOne();
    assertThat(stopped).isNotDone();
    stage.scheduler.runAll();
    assertThat(stopped).isCompleted();
    Actor late = new Actor(stage.log);
    RpcEndpointRef ref = new FakeRef("late");
    assertThatThrownBy(() -> dispatcher.register(ref, late, Stage.STEPPED))
        .isInstanceOf(RpcEnvStoppedException.class);
    assertThat(dispatcher.find("late")).isNull();
    stage.scheduler.runAll();
    assertThat(stage.log).endsWith("start", "started late", "stop", "stopped late");
  }

  @Test
  void handlersAreInterruptedAndThenLeftBehind() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    actor.at(
        "start",
        () -> {
          begun.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            interrupted.countDown();
            release.await();
          }
        });
    stage.register("s", actor, SHARED);
    begun.await();
    dispatcher.interruptHandlers();
    interrupted.await();
    dispatcher.abandonHandlers();
    await("a thread in its place", () -> threads("rpc-stage-dispatcher-").size() == 3);
    release.countDown();
  }

  @Test
  void endsItsThreadsAndLeavesTheSharedOnes() throws Exception {
    stage.register("d", actor, SHARED.withExecutor(EndpointExecutor.DEDICATED));
    await("threads", () -> threads("rpc-stage-d-").size() == 1);
    dispatcher.end(TimeUnit.SECONDS.toNanos(10));
    assertThat(threads("rpc-stage-d-")).isEmpty();
    assertThat(threads("rpc-stage-dispatcher-")).hasSize(2);
  }

  // Under load

  /** RPC-03: posted = handled + refused, exactly, whatever races with the stop. */
  @Test
  void everyMessageIsHandledOrRefusedWhileStopRaces() throws Exception {
    for (int parallelism : new int[] {1, 4}) {
      for (int round = 0; round < 20; round++) {
        raceStop("r" + parallelism + "-" + round, SHARED.withParallelism(parallelism));
      }
    }
  }

  private void raceStop(String name, EndpointOptions options) throws Exception {
    AtomicInteger accepted = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    AtomicInteger handled = new AtomicInteger();
    AtomicInteger late = new AtomicInteger();
    CountDownLatch stopped = new CountDownLatch(1);
    RpcEndpoint endpoint =
        new RpcEndpoint() {
          @Override
          public void receive(Object message) {
            (stopped.getCount() == 0 ? late : handled).incrementAndGet();
          }

          @Override
          public void onStop() {
            stopped.countDown();
          }
        };
    Inbox inbox = stage.register(name, endpoint, options);
    List<String> rejected = new java.util.concurrent.CopyOnWriteArrayList<>();
    Thread[] posters = new Thread[3];
    for (int i = 0; i < posters.length; i++) {
      posters[i] =
          new Thread(
              () -> {
                for (int n = 0; n < 300; n++) {
                  DropReason reason = dispatcher.post(inbox, new Note("m", rejected));
                  (reason == null ? accepted : refused).incrementAndGet();
                }
              });
      posters[i].start();
    }
    await("some are in", () -> accepted.get() > 50);
    dispatcher.stop(inbox);
    for (Thread poster : posters) {
      poster.join();
    }
    stopped.await();
    await("all are told", () -> handled.get() + rejected.size() == accepted.get());
    assertThat(accepted.get() + refused.get()).isEqualTo(900);
    assertThat(late).hasValue(0);
    assertThat(handled.get() + rejected.size()).isEqualTo(accepted.get());
    RpcEnvStats.Endpoint stats = inbox.stats();
    assertThat(stats.handled()).isEqualTo(handled.get());
    assertThat(stats.posted()).isEqualTo(900);
  }
}
