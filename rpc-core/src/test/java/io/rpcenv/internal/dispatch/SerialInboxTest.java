// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.DropReason;
import io.rpcenv.RpcEnvStats;
import io.rpcenv.testing.Logged;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Life, order and bounds of a serial endpoint, stepped. */
@Timeout(20)
class SerialInboxTest {

  private final Stage stage = new Stage();
  private final Actor actor = new Actor(stage.log);

  @AfterEach
  void end() throws InterruptedException {
    stage.close();
  }

  /** RPC-01, RPC-03: each hook once and in order; what was accepted before the stop is handled. */
  @Test
  void livesOnceAndInOrder() {
    Inbox inbox = stage.register(actor);
    assertThat(stage.log).as("nothing runs in the caller").isEmpty();
    assertThat(stage.post(inbox, "a")).isNull();
    assertThat(inbox.isOpen()).isTrue();
    stage.dispatcher.stop(inbox);
    stage.dispatcher.stop(inbox);
    assertThat(inbox.isOpen()).isFalse();
    assertThat(stage.post(inbox, "b")).isEqualTo(DropReason.ENDPOINT_STOPPED);
    stage.scheduler.runAll();
    assertThat(stage.log).containsExactly("start", "started e", "a", "stop", "stopped e");
    assertThat(stage.scheduler.terminated).hasValue(1);
    assertThat(stage.posted).as("told of each").hasValue(2);
    assertThat(inbox.stats())
        .isEqualTo(
            new RpcEnvStats.Endpoint("e", 0, 2, 1, 0, Map.of(DropReason.ENDPOINT_STOPPED, 1L)));
  }

  @Test
  void startsBeforeWhatIsPostedWhileItIsRegistered() {
    stage.beforeBind =
        () -> {
          stage.post(stage.dispatcher.find("e"), "early");
          assertThat(stage.scheduler.scheduled).as("nothing runs before it is bound").isEmpty();
        };
    stage.start(actor);
    assertThat(stage.log).containsExactly("start", "started e", "early");
  }

  @Test
  void isScheduledOnceFromIdleToIdle() {
    Inbox inbox = stage.start(actor);
    stage.post(inbox, "a");
    stage.post(inbox, "b");
    assertThat(stage.scheduler.scheduled).hasSize(1);
    stage.scheduler.runAll();
    stage.post(inbox, "c");
    assertThat(stage.scheduler.scheduled).hasSize(1);
    stage.scheduler.runAll();
    assertThat(stage.log).endsWith("a", "b", "c");
  }

  @Test
  void goesOnWithWhatCameWhileItRan() {
    Inbox inbox = stage.start(actor);
    actor.at("a", () -> stage.post(inbox, "b"));
    stage.post(inbox, "a");
    assertThat(stage.scheduler.runOne()).isTrue();
    assertThat(stage.log).endsWith("a", "b");
    assertThat(stage.scheduler.scheduled).isEmpty();
  }

  /** The wake-up is not lost: what comes after the last look has it run again. */
  @Test
  void runsAgainForWhatCameDuringTheLastOfABatch() {
    Inbox inbox = stage.start(actor);
    actor.at("m64", () -> stage.post(inbox, "late"));
    for (int i = 1; i <= 64; i++) {
      stage.post(inbox, "m" + i);
    }
    assertThat(stage.scheduler.runOne()).isTrue();
    assertThat(stage.log).endsWith("m64");
    assertThat(stage.scheduler.scheduled).hasSize(1);
    stage.scheduler.runAll();
    assertThat(stage.log).endsWith("m64", "late");
    assertThat(inbox.depth()).isZero();
  }

  @Test
  void givesTheThreadAwayAfterABatch() {
    Inbox inbox = stage.start(actor);
    for (int i = 1; i <= 100; i++) {
      stage.post(inbox, "m" + i);
    }
    stage.scheduler.runOne();
    assertThat(stage.log).endsWith("m64");
    assertThat(inbox.depth()).isEqualTo(36);
    assertThat(stage.scheduler.scheduled).hasSize(1);
    stage.scheduler.runOne();
    assertThat(stage.log).endsWith("m100");
    assertThat(stage.scheduler.scheduled).isEmpty();
    assertThat(inbox.depth()).isZero();
  }

  /** RPC-18 */
  @Test
  void refusesWhatIsBeyondItsCapacity() {
    Inbox inbox = stage.register("e", actor, Stage.STEPPED.withInboxCapacity(2));
    assertThat(stage.post(inbox, "a")).as("the start counts against no bound").isNull();
    assertThat(stage.post(inbox, "b")).isNull();
    assertThat(stage.post(inbox, "c")).isEqualTo(DropReason.INBOX_FULL);
    inbox.postLifecycle(LifecycleMessage.Event.connected(null));
    actor.at("a", () -> assertThat(inbox.depth()).as("b waits").isEqualTo(1));
    actor.at("b", () -> assertThat(inbox.depth()).as("nothing waits").isZero());
    stage.scheduler.runAll();
    assertThat(stage.log).doesNotContain("c").contains("a", "b");
    assertThat(stage.log).noneMatch(entry -> entry.startsWith("failed"));
    assertThat(stage.post(inbox, "d")).isNull();
    assertThat(inbox.stats().dropped()).containsExactly(Map.entry(DropReason.INBOX_FULL, 1L));
    assertThat(inbox.stats().depth()).isEqualTo(1);
    assertThat(inbox.stats().posted()).isEqualTo(4);
    stage.dispatcher.stop(inbox);
    stage.scheduler.runAll();
    assertThat(stage.log).endsWith("d", "stop", "stopped e");
  }

  /** RPC-18: the capacity is of what waits; what has been answered may still be running. */
  @Test
  void whatIsBeingHandledDoesNotCount() {
    Inbox inbox = stage.register("e", actor, Stage.STEPPED.withInboxCapacity(1));
    actor.at("start", () -> assertThat(stage.post(inbox, "a")).isNull());
    actor.at(
        "a",
        () -> {
          assertThat(inbox.depth()).isZero();
          assertThat(inbox.stats().posted()).isEqualTo(1);
          assertThat(stage.post(inbox, "b")).isNull();
          assertThat(stage.post(inbox, "c")).isEqualTo(DropReason.INBOX_FULL);
        });
    actor.at("b", () -> assertThat(stage.post(inbox, "d")).isNull());
    stage.scheduler.runAll();
    assertThat(stage.log).containsExactly("start", "started e", "a", "b", "d");
    assertThat(inbox.stats().posted()).isEqualTo(4);
  }

  @Test
  void anInterruptThatAHandlerLeavesBehindIsNotTheNextOnes() {
    Inbox inbox = stage.start(actor);
    actor.at("a", () -> Thread.currentThread().interrupt());
    actor.at("b", () -> stage.log.add("interrupted " + Thread.currentThread().isInterrupted()));
    stage.post(inbox, "a");
    stage.post(inbox, "b");
    stage.scheduler.runAll();
    assertThat(stage.log).endsWith("a", "b", "interrupted false");
    stage.dispatcher.interruptHandlers();
    stage.post(inbox, "a");
    stage.post(inbox, "b");
    stage.scheduler.runAll();
    assertThat(stage.log).as("the env's end is for all").endsWith("a", "b", "interrupted true");
    assertThat(Thread.interrupted()).isTrue();
    stage.dispatcher.stop(inbox);
    stage.scheduler.runAll();
    Thread.currentThread().interrupt();
    inbox.enqueue(new Note("late", stage.log));
    stage.scheduler.runAll();
    assertThat(Thread.interrupted()).as("of a thread that only refuses").isTrue();
  }

  @Test
  void takesTheDefaultCapacityFromTheConfiguration() {
    Inbox inbox = stage.register(actor);
    for (int i = 0; i < 1000; i++) {
      assertThat(stage.post(inbox, "m")).isNull();
    }
    assertThat(stage.post(inbox, "m")).isEqualTo(DropReason.INBOX_FULL);
  }

  @Test
  void refusesWhatStandsBehindTheStop() {
    Inbox inbox = stage.start(actor);
    actor.at("a", inbox::stop);
    stage.post(inbox, "a");
    stage.post(inbox, "b");
    inbox.enqueue(new Note("c", stage.log));
    stage.scheduler.runOne();
    // A poster that looked before the stop puts its message behind it.
    inbox.enqueue(new Note("late", stage.log));
    stage.scheduler.runAll();
    assertThat(stage.log)
        .endsWith("a", "b", "c", "stop", "stopped e", "rejected late for e: ENDPOINT_STOPPED");
    assertThat(inbox.stats().dropped()).containsExactly(Map.entry(DropReason.ENDPOINT_STOPPED, 1L));
  }

  // Errors

  /** RPC-04: an error of one message stays with it. */
  @Test
  void goesOnAfterAHandlerFailed() {
    Inbox inbox = stage.start(actor);
    actor.at("a", () -> throwing(new IllegalStateException("boom")));
    actor.at("b", () -> throwing(new AssertionError("bang")));
    actor.at("error bang", () -> throwing(new AssertionError("in onError")));
    stage.post(inbox, "a");
    stage.post(inbox, "b");
    stage.post(inbox, "c");
    try (Logged logged = new Logged(EndpointInvoker.class)) {
      stage.scheduler.runAll();
      assertThat(logged.lines()).containsExactly("WARN [stage] onError of endpoint [e] failed");
    }
    assertThat(stage.log)
        .endsWith("a", "failed a: boom", "error boom", "b", "failed b: bang", "error bang", "c");
    assertThat(inbox.stats()).isEqualTo(new RpcEnvStats.Endpoint("e", 0, 3, 3, 2, Map.of()));
  }

  @Test
  void givesAVirtualMachineErrorToItsThreadAfterTheAskerAndGoesOn() {
    Inbox inbox = stage.start(actor);
    actor.at("a", () -> throwing(new StackOverflowError("deep")));
    actor.at("b", () -> throwing(new OutOfMemoryError("full")));
    for (String m : new String[] {"a", "b", "deadly", "c"}) {
      stage.post(inbox, m);
    }
    assertThatThrownBy(stage.scheduler::runOne).isInstanceOf(StackOverflowError.class);
    assertThat(stage.log).endsWith("a", "failed a: deep", "error deep");
    assertThat(inbox.depth()).isEqualTo(3);
    assertThatThrownBy(stage.scheduler::runOne).isInstanceOf(OutOfMemoryError.class);
    assertThat(stage.log).endsWith("b", "failed b: full", "error full");
    assertThatThrownBy(stage.scheduler::runOne).hasMessage("deadly");
    assertThat(stage.log).endsWith("rejected deadly for e: NOT_DECODABLE as deadly");
    stage.scheduler.runAll();
    assertThat(stage.log).endsWith("c");
    assertThat(inbox.stats())
        .isEqualTo(new RpcEnvStats.Endpoint("e", 0, 4, 3, 2, Map.of(DropReason.NOT_DECODABLE, 1L)));
  }

  @Test
  void aMessageThatCannotBeDecodedIsRejectedAndTheNextIsHandled() {
    Inbox inbox = stage.start(actor);
    stage.post(inbox, "undecodable");
    stage.post(inbox, "a");
    stage.scheduler.runAll();
    assertThat(stage.log).endsWith("rejected undecodable for e: NOT_DECODABLE as undecodable", "a");
    assertThat(inbox.stats())
        .isEqualTo(new RpcEnvStats.Endpoint("e", 0, 2, 1, 0, Map.of(DropReason.NOT_DECODABLE, 1L)));
  }

  /** RPC-05 */
  @Test
  void anOnStartThatFailsEndsTheEndpoint() {
    Inbox inbox = stage.register(actor);
    actor.at("start", () -> throwing(new Exception("no")));
    actor.at("error no", () -> stage.log.add("found " + stage.dispatcher.find("e")));
    stage.post(inbox, "a");
    stage.dispatcher.stop(inbox);
    stage.scheduler.runAll();
    assertThat(stage.log)
        .containsExactly(
            "start",
            "error no",
            "found null",
            "stop",
            "stopped e",
            "rejected a for e: ENDPOINT_STOPPED as no");
    assertThat(inbox.startFailure()).hasMessage("no");
    assertThat(stage.scheduler.terminated).hasValue(1);
    assertThat(stage.post(inbox, "b")).isEqualTo(DropReason.ENDPOINT_STOPPED);
  }

  @Test
  void anErrorInOnStartOrOnStopReachesTheThreadAfterTheEndpointEnded() {
    Inbox inbox = stage.register(actor);
    actor.at("start", () -> throwing(new StackOverflowError("deep")));
    actor.at("stop", () -> throwing(new OutOfMemoryError("full")));
    assertThatThrownBy(stage.scheduler::runOne).isInstanceOf(OutOfMemoryError.class);
    assertThat(stage.log).containsExactly("start", "error deep", "stop", "error full", "stopped e");
    assertThat(inbox.isStopped()).isTrue();
    assertThat(inbox.isOpen()).isFalse();
    assertThat(stage.dispatcher.stopAll()).isCompleted();
  }

  @Test
  void anOnStopThatFailsStillEndsTheEndpoint() {
    Inbox inbox = stage.start(actor);
    actor.at("stop", () -> throwing(new Exception("no")));
    stage.dispatcher.stop(inbox);
    stage.scheduler.runAll();
    assertThat(stage.log).endsWith("stop", "error no", "stopped e");
    assertThat(stage.scheduler.terminated).hasValue(1);
  }

  private static void throwing(Throwable t) throws Exception {
    if (t instanceof Error e) {
      throw e;
    }
    throw (Exception) t;
  }

  // self

  /** RPC-02 */
  @Test
  void knowsItselfFromOnStartUpToOnStop() {
    Inbox inbox = stage.register(actor);
    assertThatThrownBy(actor::self)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "self of endpoint [e] which is not started (expected: from onStart up to onStop)");
    actor.at("start", () -> assertThat(actor.self().name()).isEqualTo("e"));
    actor.at(
        "stop",
        () -> {
          stage.log.add("in stop");
          actor.self();
        });
    stage.scheduler.runAll();
    assertThat(actor.self()).isSameAs(inbox.self());
    assertThat(actor.rpcEnv().name()).isEqualTo("stage");
    actor.stop();
    stage.scheduler.runAll();
    assertThat(stage.log)
        .endsWith(
            "in stop",
            "error self of endpoint [e] which is stopped (expected: from onStart up to onStop)",
            "stopped e");
    assertThat(inbox).hasToString("e");
  }
}
