// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.master;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcRequest;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.ApplicationRemoved;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.ExecutorAdded;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.ExecutorUpdated;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.WorkerRemoved;
import io.rpcenv.examples.cluster.protocol.ApplicationDescription;
import io.rpcenv.examples.cluster.protocol.ApplicationState;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.ExecutorState;
import io.rpcenv.examples.cluster.protocol.MasterMessage.DecommissionWorker;
import io.rpcenv.examples.cluster.protocol.MasterMessage.ExecutorStateChanged;
import io.rpcenv.examples.cluster.protocol.MasterMessage.Heartbeat;
import io.rpcenv.examples.cluster.protocol.MasterMessage.KillApplication;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RegisterApplication;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RegisterWorker;
import io.rpcenv.examples.cluster.protocol.MasterMessage.ReplaceExecutor;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestMasterState;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RunningExecutor;
import io.rpcenv.examples.cluster.protocol.MasterMessage.UnregisterApplication;
import io.rpcenv.examples.cluster.protocol.MasterMessage.WorkerWork;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.ApplicationSummary;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.ExecutorSummary;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.WorkerSummary;
import io.rpcenv.examples.cluster.protocol.RegisterWorkerResponse;
import io.rpcenv.examples.cluster.protocol.RegisterWorkerResponse.RegisterWorkerFailed;
import io.rpcenv.examples.cluster.protocol.RegisterWorkerResponse.RegisteredWorker;
import io.rpcenv.examples.cluster.protocol.RegisteredApplication;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.Decommission;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.KillExecutor;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.LaunchExecutor;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.ReconnectWorker;
import io.rpcenv.examples.cluster.protocol.WorkerState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The master's state machine, in an in-process env, with a clock that stands until it is moved. */
@Timeout(30)
class MasterTest {

  private static final Duration TIMEOUT = Duration.ofHours(1);

  private final RpcEnv env = RpcEnv.builder("test").build();
  private final AtomicLong clock = new AtomicLong();
  private final RpcEndpointRef master =
      env.setupEndpoint("Master", new Master(MasterSettings.of(TIMEOUT), clock::get));

  /** Someone who keeps what the master says. */
  private final class Party {
    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    private final RpcEndpointRef ref;

    Party(String name) {
      ref =
          env.setupEndpoint(
              name,
              RpcEndpoint.handling()
                  .onSend(Object.class, heard::add)
                  .onAsk(AreYouThere.class, unused -> true)
                  .build());
    }

    <T> T hears(Class<T> type) throws InterruptedException {
      Object message = heard.poll(10, SECONDS);
      assertThat(message).isInstanceOf(type);
      return type.cast(message);
    }

    void hearsNothing() {
      awaitAll();
      assertThat(heard).isEmpty();
    }

    void hasNotHeard(Class<?> type) {
      awaitAll();
      assertThat(heard).noneMatch(type::isInstance);
    }

    /** What the master said before it answered a question was heard before this one. */
    private void awaitAll() {
      state();
      assertThat(ref.askSync(new AreYouThere())).isTrue();
    }
  }

  private record AreYouThere() implements RpcRequest<Boolean> {}

  @AfterEach
  void close() {
    env.close();
  }

  @Test
  void aWorkerRegistersAndIsListed() {
    Party worker = new Party("w");

    assertThat(register("worker-1", 1, worker))
        .isEqualTo(new RegisteredWorker(master, epoch(), TIMEOUT.dividedBy(4), false));
    assertThat(state())
        .singleElement()
        .extracting(WorkerSummary::id, WorkerSummary::cores, WorkerSummary::state)
        .containsExactly("worker-1", 2, WorkerState.ALIVE);
  }

  @Test
  void aSilentWorkerExpires() throws Exception {
    Party worker = new Party("w");
    Party client = new Party("c");
    register("worker-1", 1, worker);
    submit(client);
    client.hears(ExecutorAdded.class);

    pass(TIMEOUT);
    assertThat(state()).as("at its limit").hasSize(1);
    pass(Duration.ofNanos(1));

    assertThat(state()).isEmpty();
    assertThat(client.hears(WorkerRemoved.class).workerId()).isEqualTo("worker-1");
  }

  @Test
  void heartbeatsKeepAWorkerAlive() {
    Party worker = new Party("w");
    register("worker-1", 1, worker);

    for (int i = 0; i < 5; i++) {
      pass(TIMEOUT.dividedBy(2));
      master.send(new Heartbeat("worker-1", worker.ref));
    }

    assertThat(state()).hasSize(1);
    worker.hearsNothing();
  }

  @Test
  void anExpiredWorkerIsToldToRegisterAgainAndMay() throws Exception {
    Party worker = new Party("w");
    register("worker-1", 1, worker);
    pass(TIMEOUT.plusNanos(1));

    master.send(new Heartbeat("worker-1", worker.ref));

    assertThat(worker.hears(ReconnectWorker.class).epoch()).isEqualTo(epoch());
    assertThat(register("worker-1", 1, worker)).isInstanceOf(RegisteredWorker.class);
    assertThat(state()).hasSize(1);
  }

  /** SPARK-23191: a second worker of a living worker's name is refused; the first one stays. */
  @Test
  void SPARK_23191_duplicateWorker() {
    Party first = new Party("w1");
    Party second = new Party("w2");
    register("worker-1", 1, first);

    assertThat(register("worker-1", 2, second))
        .isInstanceOfSatisfying(
            RegisterWorkerFailed.class,
            refusal -> assertThat(refusal.message()).startsWith("Duplicate worker ID [worker-1]"));
    assertThat(state()).hasSize(1);
    assertThat(register("worker-1", 1, first))
        .as("the first one is not refused when it registers again")
        .isEqualTo(new RegisteredWorker(master, epoch(), TIMEOUT.dividedBy(4), true));
  }

  /** The name of a dead worker is free again. */
  @Test
  void anotherWorkerMayTakeAnExpiredWorkersName() {
    register("worker-1", 1, new Party("w1"));
    pass(TIMEOUT.plusNanos(1));

    assertThat(register("worker-1", 2, new Party("w2"))).isInstanceOf(RegisteredWorker.class);
  }

  @Test
  void aRestartedWorkerAtTheSamePlaceReplacesItsPredecessor() throws Exception {
    Party worker = new Party("w");
    Party client = new Party("c");
    register("worker-1", 1, worker);
    submit(client);
    LaunchExecutor before = worker.hears(LaunchExecutor.class);
    client.hears(ExecutorAdded.class);

    assertThat(register("worker-1", 2, worker))
        .isEqualTo(new RegisteredWorker(master, epoch(), TIMEOUT.dividedBy(4), false));

    assertThat(client.hears(WorkerRemoved.class).workerId()).isEqualTo("worker-1");
    assertThat(worker.hears(LaunchExecutor.class).executor()).isNotEqualTo(before.executor());
  }

  @Test
  void anApplicationGetsAnExecutorOnEachWorkerNowAndLater() throws Exception {
    Party early = new Party("w1");
    Party late = new Party("w2");
    Party client = new Party("c");
    register("worker-1", 1, early);

    String appId = submit(client);
    register("worker-2", 2, late);

    LaunchExecutor first = early.hears(LaunchExecutor.class);
    LaunchExecutor second = late.hears(LaunchExecutor.class);
    assertThat(first.executor()).isEqualTo(new ExecutorId(appId, 0));
    assertThat(second.executor()).isEqualTo(new ExecutorId(appId, 1));
    assertThat(second.driver()).isEqualTo(client.ref);
    assertThat(client.hears(ExecutorAdded.class).workerId()).isEqualTo("worker-1");
    assertThat(client.hears(ExecutorAdded.class).workerId()).isEqualTo("worker-2");
  }

  @Test
  void whenAnApplicationEndsItsExecutorsAreKilled() throws Exception {
    Party worker = new Party("w");
    register("worker-1", 1, worker);
    String appId = submit(new Party("c"));
    ExecutorId executor = worker.hears(LaunchExecutor.class).executor();

    master.send(new UnregisterApplication(appId));

    assertThat(worker.hears(KillExecutor.class).executor()).isEqualTo(executor);
    assertThat(master.askSync(new RequestMasterState()).activeApps()).isEmpty();
  }

  @Test
  void anExecutorThatIsLostIsReplaced() throws Exception {
    Party worker = new Party("w");
    Party client = new Party("c");
    register("worker-1", 1, worker);
    submit(client);
    ExecutorId lost = worker.hears(LaunchExecutor.class).executor();
    client.hears(ExecutorAdded.class);

    master.send(new ExecutorStateChanged(lost, ExecutorState.LOST, "tripped"));

    assertThat(client.hears(ExecutorUpdated.class).executor()).isEqualTo(lost);
    assertThat(worker.hears(LaunchExecutor.class).executor()).isNotEqualTo(lost);
  }

  @Test
  void anExecutorThatWasKilledIsNot() throws Exception {
    Party worker = new Party("w");
    register("worker-1", 1, worker);
    submit(new Party("c"));
    ExecutorId killed = worker.hears(LaunchExecutor.class).executor();

    master.send(new ExecutorStateChanged(killed, ExecutorState.KILLED, "the driver is done"));

    worker.hearsNothing();
  }

  @Test
  void anApplicationWhoseExecutorsKeepFailingIsGivenUp() throws Exception {
    Party worker = new Party("w");
    Party client = new Party("c");
    register("worker-1", 1, worker);
    submit(client);

    for (int i = 0; i < 10; i++) {
      ExecutorId executor = worker.hears(LaunchExecutor.class).executor();
      client.hears(ExecutorAdded.class);
      master.send(new ExecutorStateChanged(executor, ExecutorState.FAILED, "no memory"));
      client.hears(ExecutorUpdated.class);
    }

    assertThat(client.hears(ApplicationRemoved.class))
        .isEqualTo(
            new ApplicationRemoved(
                epoch(), ApplicationState.FAILED, "10 executors failed, the last one: no memory"));
    worker.hearsNothing();
  }

  /** A full disk, say: it fails at once, again and again, while another worker does the work. */
  @Test
  void aWorkerThatCanRunNoExecutorDoesNoHarmToOthers() throws Exception {
    Party bad = new Party("w1");
    Party good = new Party("w2");
    Party client = new Party("c");
    register("worker-1", 1, bad);
    register("worker-2", 2, good);
    String appId = submit(client);
    good.hears(LaunchExecutor.class);

    for (int i = 0; i < 15; i++) {
      ExecutorId executor = bad.hears(LaunchExecutor.class).executor();
      master.send(new ExecutorStateChanged(executor, ExecutorState.FAILED, "no space left"));
      bad.hearsNothing();
      pass(Duration.ofSeconds(10).minusNanos(1));
      bad.hearsNothing();
      pass(Duration.ofNanos(1));
    }

    assertThat(master.askSync(new RequestMasterState()).activeApps())
        .singleElement()
        .extracting(ApplicationSummary::id)
        .isEqualTo(appId);
    client.hasNotHeard(ApplicationRemoved.class);
  }

  /**
   * It may have been unable to reach the driver; the next one there will not fare better at once.
   */
  @Test
  void alsoAfterAnExecutorThatWasLostAWorkerPauses() throws Exception {
    Party bad = new Party("w1");
    Party good = new Party("w2");
    register("worker-1", 1, bad);
    register("worker-2", 2, good);
    submit(new Party("c"));
    ExecutorId executor = bad.hears(LaunchExecutor.class).executor();

    master.send(new ExecutorStateChanged(executor, ExecutorState.LOST, "no driver"));

    bad.hearsNothing();
    pass(Duration.ofSeconds(10));
    assertThat(bad.hears(LaunchExecutor.class).executor()).isNotEqualTo(executor);
  }

  /** One that hangs has its cores until it is killed. */
  @Test
  void anExecutorThatItsDriverGaveUpIsKilledAndReplaced() throws Exception {
    Party worker = new Party("w");
    Party client = new Party("c");
    register("worker-1", 1, worker);
    submit(client);
    ExecutorId executor = worker.hears(LaunchExecutor.class).executor();
    client.hears(ExecutorAdded.class);

    master.send(new ReplaceExecutor(executor, "silent"));

    assertThat(worker.hears(KillExecutor.class).executor()).isEqualTo(executor);
    ExecutorId next = worker.hears(LaunchExecutor.class).executor();
    assertThat(next).isNotEqualTo(executor);
    master.send(new ExecutorStateChanged(executor, ExecutorState.KILLED, "killed"));
    master.send(new ReplaceExecutor(executor, "silent"));
    worker.hearsNothing();
    assertThat(master.askSync(new RequestMasterState()).activeApps())
        .singleElement()
        .satisfies(
            app -> assertThat(app.executors()).extracting(ExecutorSummary::id).containsOnly(next));
  }

  @Test
  void failuresThatAreFarApartDoNotAddUp() throws Exception {
    Party worker = new Party("w");
    Party client = new Party("c");
    register("worker-1", 1, worker);
    submit(client);

    for (int i = 0; i < 15; i++) {
      ExecutorId executor = worker.hears(LaunchExecutor.class).executor();
      pass(Duration.ofMinutes(10).plusNanos(1));
      master.send(new Heartbeat("worker-1", worker.ref));
      master.send(new ExecutorStateChanged(executor, ExecutorState.FAILED, "tripped"));
    }

    worker.hears(LaunchExecutor.class);
    client.hasNotHeard(ApplicationRemoved.class);
  }

  @Test
  void executorsThatNobodyNeedsAnyMoreAreKilledWhenTheirWorkerComesBack() throws Exception {
    Party worker = new Party("w");
    register("worker-1", 1, worker);
    String appId = submit(new Party("c"));
    ExecutorId known = worker.hears(LaunchExecutor.class).executor();
    ExecutorId unknown = new ExecutorId(appId, 17);

    register("worker-1", 1, worker, List.of(running(known), running(unknown)));

    assertThat(worker.hears(KillExecutor.class).executor()).isEqualTo(unknown);
    worker.hearsNothing();
  }

  /** CLU-01: cores are given away once; who comes later waits until they are free again. */
  @Test
  void aSecondApplicationWaitsForTheCoresOfTheFirst() throws Exception {
    Party worker = new Party("w");
    register("worker-1", 1, worker);
    String first = submit(new Party("c1"));
    assertThat(worker.hears(LaunchExecutor.class).cores()).isEqualTo(2);

    String second = submit(new Party("c2"));
    assertThat(master.askSync(new RequestMasterState()).activeApps())
        .extracting(ApplicationSummary::state)
        .containsExactly(ApplicationState.RUNNING, ApplicationState.WAITING);
    worker.hearsNothing();
    master.send(new UnregisterApplication(first));

    worker.hears(KillExecutor.class);
    assertThat(worker.hears(LaunchExecutor.class).executor().appId()).isEqualTo(second);
  }

  /** CLU-01: applications that say how many cores they want share a worker. */
  @Test
  void applicationsWithALimitShareAWorker() throws Exception {
    Party worker = new Party("w");
    register("worker-1", 1, worker);

    submit(new Party("c1"), new ApplicationDescription("one", 512, 1));
    submit(new Party("c2"), new ApplicationDescription("other", 1024, 1));
    submit(new Party("c3"), new ApplicationDescription("too much", 1024, 1));

    assertThat(worker.hears(LaunchExecutor.class).app().name()).isEqualTo("one");
    assertThat(worker.hears(LaunchExecutor.class).app().name()).isEqualTo("other");
    worker.hearsNothing();
    assertThat(state())
        .singleElement()
        .extracting(WorkerSummary::coresUsed, WorkerSummary::memoryUsed)
        .containsExactly(2, 1536);
  }

  /** CLU-01: an application without room for its memory gets nothing. */
  @Test
  void memoryIsALimitToo() throws Exception {
    Party worker = new Party("w");
    register("worker-1", 1, worker);

    submit(new Party("c"), new ApplicationDescription("large", 2049, 1));

    worker.hearsNothing();
  }

  /** CLU-01: someone ends an application from outside. */
  @Test
  void anApplicationCanBeKilled() throws Exception {
    Party worker = new Party("w");
    Party client = new Party("c");
    register("worker-1", 1, worker);
    String appId = submit(client);
    worker.hears(LaunchExecutor.class);
    client.hears(ExecutorAdded.class);

    assertThat(master.askSync(new KillApplication(appId)).success()).isTrue();

    assertThat(client.hears(ApplicationRemoved.class))
        .isEqualTo(new ApplicationRemoved(epoch(), ApplicationState.KILLED, "somebody killed it"));
    worker.hears(KillExecutor.class);
    assertThat(master.askSync(new RequestMasterState()).completedApps())
        .singleElement()
        .extracting(ApplicationSummary::id, ApplicationSummary::state)
        .containsExactly(appId, ApplicationState.KILLED);
    assertThat(master.askSync(new KillApplication(appId)).message())
        .isEqualTo("no application [" + appId + "] is running");
  }

  /** CLU-01: a decommissioned worker finishes what it has and gets nothing more. */
  @Test
  void aDecommissionedWorkerGetsNothingMore() throws Exception {
    Party worker = new Party("w");
    register("worker-1", 1, worker);

    assertThat(master.askSync(new DecommissionWorker("worker-1")).success()).isTrue();
    submit(new Party("c"));

    worker.hears(Decommission.class);
    worker.hearsNothing();
    assertThat(state())
        .singleElement()
        .extracting(WorkerSummary::state)
        .isEqualTo(WorkerState.DECOMMISSIONED);
    assertThat(master.askSync(new DecommissionWorker("worker-2")).message())
        .isEqualTo("worker: worker-2 (expected: one of [worker-1])");
  }

  private RegisterWorkerResponse register(String id, long incarnation, Party worker) {
    return register(id, incarnation, worker, List.of());
  }

  private RegisterWorkerResponse register(
      String id, long incarnation, Party worker, List<RunningExecutor> executors) {
    return master.askSync(
        new RegisterWorker(
            id,
            incarnation,
            worker.ref,
            2,
            2048,
            "",
            new WorkerWork(executors, List.of(), List.of(), List.of(), false)));
  }

  private static RunningExecutor running(ExecutorId id) {
    return new RunningExecutor(id, 1, 512);
  }

  private String submit(Party client) {
    return submit(client, ApplicationDescription.of("test"));
  }

  private String submit(Party client, ApplicationDescription description) {
    var response = master.askSync(new RegisterApplication(description, client.ref, client.ref));
    assertThat(response).isInstanceOf(RegisteredApplication.class);
    return ((RegisteredApplication) response).appId();
  }

  private long epoch() {
    return master.askSync(new RequestMasterState()).epoch();
  }

  private List<WorkerSummary> state() {
    return master.askSync(new RequestMasterState()).workers();
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
    master.send(new MasterSelf.CheckForWorkerTimeOut());
    state(); // the master has looked at the clock before it is moved again
  }
}
