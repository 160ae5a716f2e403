// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.DropReason;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEnvStats;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A parallel endpoint, stepped: what a handler has the scheduler run runs beside that handler, as
 * another thread would.
 */
@Timeout(20)
class ParallelInboxTest {

  private final Stage stage = new Stage();
  private final Actor actor = new Actor.Networked(stage.log);
  private final ManualScheduler scheduler = stage.scheduler;

  @AfterEach
  void end() throws InterruptedException {
    stage.close();
  }

  private ParallelInbox started(int parallelism) {
    ParallelInbox inbox = stage.parallel(actor, parallelism, 1000);
    inbox.launch();
    scheduler.runAll();
    return inbox;
  }

  @Test
  void nothingRunsBeforeItIsLaunched() {
    ParallelInbox inbox = stage.parallel(actor, 3, 1000);
    stage.post(inbox, "a");
    assertThat(scheduler.scheduled).isEmpty();
    inbox.launch();
    assertThat(scheduler.scheduled).hasSize(2);
    scheduler.runAll();
    assertThat(stage.log).containsExactly("start", "started p", "a");
    assertThat(inbox.isSerial()).isFalse();
    assertThat(inbox.taken()).isZero();
  }

  @Test
  void onStartRunsAlone() {
    ParallelInbox inbox = stage.parallel(actor, 3, 1000);
    actor.at("start", scheduler::runAll);
    stage.post(inbox, "a");
    stage.post(inbox, "b");
    inbox.launch();
    scheduler.runOne();
    assertThat(stage.log).startsWith("start", "started p");
    scheduler.runAll();
    assertThat(stage.log).containsExactlyInAnyOrder("start", "started p", "a", "b");
  }

  @Test
  void asManyRunAtOnceAsAllowed() {
    ParallelInbox inbox = started(3);
    for (String m : new String[] {"a", "b", "c", "d", "e"}) {
      stage.post(inbox, m);
    }
    assertThat(scheduler.scheduled).hasSize(3);
    actor.at("a", () -> assertThat(scheduler.scheduled).hasSize(2));
    scheduler.runAll();
    assertThat(stage.log).endsWith("a", "b", "c", "d", "e");
    assertThat(stage.log).noneMatch(entry -> entry.startsWith("failed"));
    stage.post(inbox, "f");
    assertThat(scheduler.scheduled).as("the runners have ended").hasSize(1);
  }

  @Test
  void messagesRunBesideEachOther() {
    ParallelInbox inbox = started(2);
    actor.at(
        "a",
        () -> {
          assertThat(inbox.depth()).as("b waits").isEqualTo(1);
          scheduler.runOne();
          stage.log.add("end of a");
        });
    stage.post(inbox, "a");
    stage.post(inbox, "b");
    scheduler.runAll();
    assertThat(stage.log).endsWith("a", "b", "end of a");
    assertThat(inbox.depth()).isZero();
    assertThat(stage.log).noneMatch(entry -> entry.startsWith("failed"));
  }

  /** What is posted while others run has a runner of its own, up to the limit. */
  @Test
  void aMessageDoesNotWaitForTheOneThatRuns() {
    ParallelInbox inbox = started(2);
    actor.at(
        "a",
        () -> {
          stage.post(inbox, "b");
          assertThat(scheduler.scheduled).hasSize(1);
          stage.post(inbox, "c");
          assertThat(scheduler.scheduled).hasSize(1);
          scheduler.runAll();
          stage.log.add("end of a");
        });
    stage.post(inbox, "a");
    scheduler.runAll();
    assertThat(stage.log).endsWith("a", "b", "c", "end of a");
  }

  @Test
  void afterAnEventMessagesRunBesideEachOtherAgain() {
    ParallelInbox inbox = started(2);
    actor.at(
        "connected peer:1",
        () -> {
          stage.post(inbox, "a");
          stage.post(inbox, "b");
        });
    actor.at(
        "a",
        () -> {
          scheduler.runAll();
          stage.log.add("end of a");
        });
    inbox.postLifecycle(LifecycleMessage.Event.connected(RpcAddress.of("peer", 1)));
    scheduler.runAll();
    assertThat(stage.log).endsWith("connected peer:1", "a", "b", "end of a");
  }

  @Test
  void anEventWaitsForThoseBeforeItAndRunsAlone() {
    ParallelInbox inbox = started(3);
    actor.at(
        "a",
        () -> {
          scheduler.runAll();
          stage.log.add("end of a");
        });
    actor.at(
        "connected peer:1",
        () -> {
          stage.post(inbox, "c");
          scheduler.runAll();
          stage.log.add("end of event");
        });
    stage.post(inbox, "a");
    inbox.postLifecycle(LifecycleMessage.Event.connected(RpcAddress.of("peer", 1)));
    stage.post(inbox, "b");
    scheduler.runAll();
    assertThat(stage.log).endsWith("a", "end of a", "connected peer:1", "end of event", "b", "c");
  }

  /** RPC-01: onStop is the last thing and nothing runs beside it. */
  @Test
  void onStopIsLastAndAlone() {
    ParallelInbox inbox = started(3);
    actor.at(
        "a",
        () -> {
          inbox.requestStop();
          inbox.enqueue(new Note("late", stage.log));
          scheduler.runAll();
          stage.log.add("end of a");
        });
    actor.at(
        "stop",
        () -> {
          scheduler.runAll();
          stage.log.add("end of stop");
        });
    stage.post(inbox, "a");
    stage.post(inbox, "b");
    scheduler.runAll();
    assertThat(stage.log)
        .endsWith(
            "a",
            "b",
            "end of a",
            "stop",
            "end of stop",
            "stopped p",
            "rejected late for p: ENDPOINT_STOPPED");
    assertThat(inbox.stats())
        .isEqualTo(
            new RpcEnvStats.Endpoint("p", 0, 3, 2, 0, Map.of(DropReason.ENDPOINT_STOPPED, 1L)));
  }

  @Test
  void runnersGiveTheThreadAwayAfterABatch() {
    ParallelInbox inbox = started(2);
    for (int i = 1; i <= 200; i++) {
      stage.post(inbox, "m" + i);
    }
    assertThat(scheduler.scheduled).hasSize(2);
    scheduler.runOne();
    assertThat(stage.log).endsWith("m64");
    assertThat(scheduler.scheduled).hasSize(2);
    scheduler.runAll();
    assertThat(stage.log).endsWith("m200");
    assertThat(inbox.depth()).isZero();
    assertThat(inbox.handled()).isEqualTo(200);
  }

  @Test
  void aRunnerThatDiesIsReplaced() {
    ParallelInbox inbox = started(2);
    actor.at(
        "a",
        () -> {
          throw new StackOverflowError("deep");
        });
    for (String m : new String[] {"a", "b", "c"}) {
      stage.post(inbox, m);
    }
    assertThatThrownBy(scheduler::runOne).isInstanceOf(StackOverflowError.class);
    assertThat(stage.log).endsWith("a", "failed a: deep", "error deep");
    assertThat(scheduler.scheduled).hasSize(2);
    scheduler.runAll();
    assertThat(stage.log).endsWith("b", "c");
    assertThat(inbox.stats()).isEqualTo(new RpcEnvStats.Endpoint("p", 0, 3, 3, 1, Map.of()));
    stage.post(inbox, "d");
    assertThat(scheduler.scheduled).hasSize(1);
  }

  /** RPC-18: the capacity is of what waits. */
  @Test
  void whatIsBeingHandledDoesNotCount() {
    ParallelInbox inbox = stage.parallel(actor, 2, 1);
    actor.at("start", () -> assertThat(stage.post(inbox, "a")).isNull());
    actor.at(
        "a",
        () -> {
          assertThat(inbox.depth()).isZero();
          assertThat(inbox.stats().posted()).isEqualTo(1);
          assertThat(stage.post(inbox, "b")).isNull();
          assertThat(stage.post(inbox, "c")).isEqualTo(DropReason.INBOX_FULL);
        });
    inbox.launch();
    scheduler.runAll();
    assertThat(stage.log).containsExactly("start", "started p", "a", "b");
    assertThat(inbox.stats().posted()).isEqualTo(3);
  }

  @Test
  void refusesWhatIsBeyondItsCapacity() {
    ParallelInbox inbox = stage.parallel(actor, 2, 2);
    assertThat(stage.post(inbox, "a")).isNull();
    assertThat(stage.post(inbox, "b")).isNull();
    assertThat(stage.post(inbox, "c")).isEqualTo(DropReason.INBOX_FULL);
  }
}
