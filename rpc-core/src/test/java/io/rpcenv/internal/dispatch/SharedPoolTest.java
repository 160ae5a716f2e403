// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import static io.rpcenv.contract.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcConf;
import io.rpcenv.RpcConfKeys;
import io.rpcenv.testing.FakeRef;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two dispatchers on one pool: what is done to the one is not done to the other. */
@Timeout(30)
class SharedPoolTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final RpcConf conf =
      RpcConf.builder()
          .set(RpcConfKeys.DISPATCHER_THREADS, 2)
          .set(RpcConfKeys.MAX_SPARE_THREADS, 0)
          .build();
  private final WorkerPool pool = WorkerPool.shared("both", conf);
  private final Stage stage = new Stage();
  private final CountDownLatch release = new CountDownLatch(1);
  private final Dispatcher one = dispatcher("one");
  private final Dispatcher two = dispatcher("two");

  @AfterEach
  void end() throws InterruptedException {
    release.countDown();
    one.end(10 * SECOND);
    two.end(10 * SECOND);
    pool.end();
    pool.awaitEnd(10 * SECOND);
    stage.close();
    await("threads gone", () -> threads().isEmpty());
  }

  private Dispatcher dispatcher(String name) {
    return new Dispatcher(new FakeEnv(name), conf, stage, FakeEnv::bindTo, pool, Optional.empty());
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(n -> n.startsWith("rpc-both-dispatcher-"))
        .toList();
  }

  /** Runs an endpoint that blocks until the test ends, or is interrupted if it listens. */
  private Inbox block(Dispatcher dispatcher, String name, boolean deaf) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Actor actor = new Actor(stage.log);
    actor.at(
        "block " + name,
        () -> {
          begun.countDown();
          while (release.getCount() > 0) {
            try {
              release.await();
            } catch (InterruptedException e) {
              stage.log.add("interrupted " + name);
              if (!deaf) {
                throw e;
              }
            }
          }
        });
    dispatcher.register(new FakeRef(name), actor, io.rpcenv.EndpointOptions.serial());
    Inbox inbox = dispatcher.find(name);
    dispatcher.post(inbox, new Note("block " + name, stage.log));
    begun.await();
    return inbox;
  }

  /** RPC-21 */
  @Test
  void onlyTheHandlersOfTheOneAreInterrupted() throws Exception {
    block(one, "a", false);
    block(two, "b", false);
    one.interruptHandlers();
    await("failed", () -> stage.log.contains("failed block a: null"));
    assertThat(stage.log).doesNotContain("interrupted b");
  }

  /** RPC-21: the pool has its size again when the thread is back. */
  @Test
  void onlyTheHandlersOfTheOneAreGivenUp() throws Exception {
    Inbox mine = block(one, "a", true);
    block(two, "b", true);
    one.abandonHandlers();
    await("one in its place", () -> threads().size() == 3);
    one.stop(mine);
    one.end(10 * SECOND);
    release.countDown();
    await("back to its size", () -> threads().size() == 2);
  }

  @Test
  void theEndOfTheOneRunsWhatWaitsForItAndNothingElse() throws Exception {
    block(two, "b", true);
    block(two, "c", true); // no thread is free now
    one.execute(() -> stage.log.add("task of one on " + Thread.currentThread().getName()));
    two.execute(() -> stage.log.add("task of two"));
    one.end(10 * SECOND);
    assertThat(stage.log).contains("task of one on " + Thread.currentThread().getName());
    assertThat(stage.log).doesNotContain("task of two");
    release.countDown();
    await("its turn", () -> stage.log.contains("task of two"));
  }

  @Test
  void theEndOfTheOneWaitsForWhatRunsForItButNotLong() throws Exception {
    block(one, "a", true);
    block(two, "b", true);
    long before = System.nanoTime();
    one.end(SECOND / 20);
    assertThat(System.nanoTime() - before).isBetween(SECOND / 20, 5 * SECOND);
    Dispatcher third = dispatcher("third");
    before = System.nanoTime();
    third.end(10 * SECOND);
    assertThat(System.nanoTime() - before).as("nothing of it runs").isLessThan(5 * SECOND);
  }

  /** What a handler left behind when its env ended is not handled on threads of others. */
  @Test
  void whatIsLeftOfAnEndedOneIsNotRun() throws Exception {
    Actor actor = new Actor(stage.log);
    SerialInbox inbox = new SerialInbox(one, actor, new FakeRef("left"), stage.scheduler, 9);
    FakeEnv.bindTo(actor, inbox);
    inbox.prepare();
    inbox.launch();
    one.end(SECOND);
    stage.scheduler.runAll();
    assertThat(stage.log).isEmpty();
    ParallelInbox parallel = new ParallelInbox(one, actor, new FakeRef("p"), stage.scheduler, 9, 2);
    parallel.prepare();
    parallel.launch();
    stage.scheduler.runAll();
    assertThat(stage.log).isEmpty();
  }

  @Test
  void whoseThreadItIsDependsOnWhatRuns() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    one.execute(
        () -> {
          stage.log.add(one.inDispatcherThread() + " " + two.inDispatcherThread());
          done.countDown();
        });
    done.await();
    assertThat(stage.log).containsExactly("true false");
  }
}
