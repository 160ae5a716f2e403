// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.DropReason;
import io.rpcenv.internal.call.WaitGuard;
import io.rpcenv.testing.FakeRef;
import io.rpcenv.transport.LoopThread;
import io.rpcenv.transport.TransportThreads;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waits that would never end, or that hold up the network, are refused. */
@Timeout(20)
class WaitGraphTest {

  private final Stage stage = new Stage();
  private final WaitGraph graph = new WaitGraph();
  private final Inbox a = serial("a");
  private final Inbox b = serial("b");
  private final Inbox c = serial("c");

  @AfterEach
  void end() throws InterruptedException {
    stage.close();
  }

  private Inbox serial(String name) {
    return new SerialInbox(
        stage.dispatcher, new Actor(stage.log), new FakeRef(name), stage.scheduler, 9);
  }

  /** RPC-15, ORLEANS-5456 */
  @Test
  void aCircleIsRefusedAndNamed() {
    graph.enter(a, () -> b, "ask");
    graph.enter(b, () -> c, "ask");
    assertThatThrownBy(() -> graph.enter(c, () -> a, "ask of x"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "ask of x would never end: serial endpoints wait for each other [c -> a -> b -> c]");
    assertThatCode(() -> graph.enter(a, () -> c, "ask"))
        .as("the refused wait is gone")
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> graph.enter(a, () -> a, "ask")).hasMessageEndingWith("[a -> a]");
  }

  @Test
  void aWaitThatIsOverIsNoPartOfACircle() {
    graph.enter(a, () -> b, "ask");
    graph.leave(a);
    assertThatCode(() -> graph.enter(b, () -> a, "ask")).doesNotThrowAnyException();
  }

  /** RPC-15: who has left the answer to others holds nobody up. */
  @Test
  void aWaitForAnAnswerThatWasLeftToOthersIsNoPartOfACircle() {
    AtomicReference<Inbox> target = new AtomicReference<>(a);
    graph.enter(b, target::get, "ask");
    assertThatThrownBy(() -> graph.enter(a, () -> b, "ask"))
        .isInstanceOf(IllegalStateException.class);
    target.set(null);
    assertThatCode(() -> graph.enter(a, () -> b, "ask")).doesNotThrowAnyException();
  }

  @Test
  void parallelEndpointsMayWaitForThemselves() {
    Inbox p = stage.parallel(new Actor(stage.log), 2, 9);
    assertThatCode(() -> graph.enter(p, () -> p, "ask")).doesNotThrowAnyException();
    graph.enter(a, () -> p, "ask");
    assertThatCode(() -> graph.enter(p, () -> a, "ask")).doesNotThrowAnyException();
  }

  @Test
  void aChainIsFollowedAFewSteps() {
    Inbox[] chain = new Inbox[80];
    for (int i = 0; i < chain.length; i++) {
      chain[i] = serial("n" + i);
    }
    for (int i = 0; i < 62; i++) {
      Inbox next = chain[i + 1];
      graph.enter(chain[i], () -> next, "ask");
    }
    assertThatThrownBy(() -> graph.enter(chain[62], () -> chain[0], "ask"))
        .isInstanceOf(IllegalStateException.class);
    for (int i = 62; i < 79; i++) {
      Inbox next = chain[i + 1];
      graph.enter(chain[i], () -> next, "ask");
    }
    assertThatCode(() -> graph.enter(chain[79], () -> chain[0], "ask")).doesNotThrowAnyException();
  }

  // The guard around waits

  @Test
  void anEndpointThatWaitsForItselfFailsAtOnceAndASpareTakesItsPlaceElse() throws Exception {
    CompletableFuture<List<String>> result = new CompletableFuture<>();
    Actor actor = new Actor(stage.log);
    Inbox inbox = stage.register("w", actor, io.rpcenv.EndpointOptions.serial());
    actor.at(
        "go",
        () -> {
          assertThat(Runner.current().inbox()).isSameAs(inbox);
          WaitGuard guard = WaitGuard.enter(() -> b, "ask of b");
          assertThatThrownBy(() -> inbox.waits().enter(b, () -> inbox, "x"))
              .hasMessageContaining("[b -> w -> b]");
          guard.end();
          assertThatCode(() -> inbox.waits().enter(b, () -> inbox, "x")).doesNotThrowAnyException();
          inbox.waits().leave(b);
          assertThatThrownBy(() -> WaitGuard.enter(() -> inbox, "ask of w"))
              .hasMessageStartingWith("ask of w would never end");
          WaitGuard lookup = WaitGuard.enter("look-up");
          List<String> threads = threads();
          lookup.end();
          result.complete(threads);
        });
    assertThat(stage.post(inbox, "go")).isNull();
    assertThat(result.get(10, TimeUnit.SECONDS)).hasSize(3);
    assertThat(stage.log).doesNotContain("failed go");
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("rpc-stage-dispatcher-"))
        .toList();
  }

  @Test
  void aNetworkThreadNeverWaits() throws Exception {
    CompletableFuture<String> result = new CompletableFuture<>();
    class NetworkThread extends Thread implements LoopThread {
      @Override
      public TransportThreads threads() {
        throw new UnsupportedOperationException();
      }

      @Override
      public void run() {
        try {
          WaitGuard.enter("get of x");
          result.complete("waited");
        } catch (IllegalStateException e) {
          result.complete(e.getMessage());
        }
      }
    }
    NetworkThread thread = new NetworkThread();
    thread.setName("net");
    thread.start();
    assertThat(result.get(10, TimeUnit.SECONDS))
        .isEqualTo(
            "get of x blocks on network thread [net] (expected: go on in a stage of the future)");
    assertThatCode(() -> WaitGuard.enter("x").end()).doesNotThrowAnyException();
  }

  @Test
  void dropsAreCountedByReason() {
    DropCounters counters = new DropCounters();
    assertThat(counters.snapshot()).isEmpty();
    counters.count(DropReason.TOO_LARGE);
    counters.count(DropReason.TOO_LARGE);
    counters.count(DropReason.NOT_CONNECTED);
    assertThat(counters.snapshot())
        .containsOnly(
            java.util.Map.entry(DropReason.TOO_LARGE, 2L),
            java.util.Map.entry(DropReason.NOT_CONNECTED, 1L));
  }
}
