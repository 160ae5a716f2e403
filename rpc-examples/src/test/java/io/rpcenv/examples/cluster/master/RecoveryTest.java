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
import io.rpcenv.examples.cluster.ha.HighAvailability;
import io.rpcenv.examples.cluster.protocol.AppClientMessage;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.ApplicationRemoved;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.WorkerRemoved;
import io.rpcenv.examples.cluster.protocol.ApplicationDescription;
import io.rpcenv.examples.cluster.protocol.ApplicationState;
import io.rpcenv.examples.cluster.protocol.DriverDescription;
import io.rpcenv.examples.cluster.protocol.DriverState;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.MasterInStandby;
import io.rpcenv.examples.cluster.protocol.MasterMessage.DecommissionWorker;
import io.rpcenv.examples.cluster.protocol.MasterMessage.DriverStateChanged;
import io.rpcenv.examples.cluster.protocol.MasterMessage.MasterChangeAcknowledged;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RegisterApplication;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RegisterWorker;
import io.rpcenv.examples.cluster.protocol.MasterMessage.ReplaceExecutor;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestKillDriver;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestMasterState;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestSubmitDriver;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RunningExecutor;
import io.rpcenv.examples.cluster.protocol.MasterMessage.UnregisterApplication;
import io.rpcenv.examples.cluster.protocol.MasterMessage.WorkerSchedulerStateResponse;
import io.rpcenv.examples.cluster.protocol.MasterMessage.WorkerWork;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.ExecutorSummary;
import io.rpcenv.examples.cluster.protocol.MasterStatus;
import io.rpcenv.examples.cluster.protocol.Protocol;
import io.rpcenv.examples.cluster.protocol.RegisterWorkerResponse.RegisterWorkerFailed;
import io.rpcenv.examples.cluster.protocol.RegisteredApplication;
import io.rpcenv.examples.cluster.protocol.WatcherMessage.TriggerThreadDump;
import io.rpcenv.examples.cluster.protocol.WorkerMessage;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.KillDriver;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.KillExecutor;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.LaunchDriver;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.LaunchExecutor;
import io.rpcenv.examples.cluster.protocol.WorkerState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** CLU-12, CLU-01: a master finds again what its predecessor left in a folder. */
@Timeout(60)
class RecoveryTest {

  private static final Duration NEVER = Duration.ofHours(1);

  @TempDir Path folder;
  private final AtomicLong clock = new AtomicLong(); // stands until it is moved
  private final RpcEnv parties =
      RpcEnv.builder("parties").listen("127.0.0.1", 0).messages(Protocol.messages()).build();
  private RpcEnv env;
  private HighAvailability availability;
  private RpcEndpointRef master;
  private RpcEndpointRef inside; // the master, for what only itself may say

  /** A worker or a client that keeps what it hears. */
  private final class Party {
    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    private final RpcEndpointRef ref;

    Party(String name) {
      ref =
          parties.setupEndpoint(
              name,
              RpcEndpoint.handling()
                  .onSend(Object.class, heard::add)
                  .onAsk(TriggerThreadDump.class, unused -> "")
                  .build());
    }

    /** Waits for a message of one kind; others before it do not matter. */
    <T> T hears(Class<T> type) throws InterruptedException {
      Object message = heard.poll(10, SECONDS);
      while (message != null && !type.isInstance(message)) {
        message = heard.poll(10, SECONDS);
      }
      assertThat(message).isInstanceOf(type);
      return type.cast(message);
    }

    /** What the master has said by now has arrived: it asks last, on the same way. */
    void hasNotHeard(Class<?> type) {
      RpcEndpointRef fromMaster = env.setupEndpointRef(parties.address().orElseThrow(), ref.name());
      assertThat(fromMaster.askSync(new TriggerThreadDump())).isEmpty();
      assertThat(heard).noneMatch(type::isInstance);
    }
  }

  @BeforeEach
  void startFirst() throws Exception {
    start();
  }

  @AfterEach
  void close() throws Exception {
    stop();
    parties.close();
  }

  private void start() throws Exception {
    start(NEVER);
  }

  private void start(Duration workerTimeout) throws Exception {
    availability = HighAvailability.folder(folder);
    env = RpcEnv.builder("master").listen("127.0.0.1", 0).messages(Protocol.messages()).build();
    inside =
        env.setupEndpoint(
            "Master",
            new Master(
                new MasterSettings(workerTimeout, NEVER), clock::get, availability, why -> {}));
    master = parties.setupEndpointRef(env.address().orElseThrow(), "Master");
  }

  private void stop() throws Exception {
    env.close();
    availability.close();
  }

  private void restart() throws Exception {
    stop();
    start();
  }

  @Test
  void workersApplicationsAndExecutorsAreWhatTheyWere() throws Exception {
    Party worker = new Party("w");
    Party client = new Party("c");
    long firstEpoch = state().epoch();
    register("worker-1", worker);
    String appId = submit(client);
    LaunchExecutor order = worker.hears(LaunchExecutor.class);

    restart();

    WorkerMessage.MasterChanged toWorker = worker.hears(WorkerMessage.MasterChanged.class);
    assertThat(toWorker.epoch()).isGreaterThan(firstEpoch).isEqualTo(state().epoch());
    assertThat(toWorker.master()).isEqualTo(master);
    AppClientMessage.MasterChanged toClient = client.hears(AppClientMessage.MasterChanged.class);
    assertThat(toClient.epoch()).isEqualTo(toWorker.epoch());
    assertThat(state().status()).isEqualTo(MasterStatus.RECOVERING);
    assertThat(state().workers()).extracting("state").containsExactly(WorkerState.UNKNOWN);
    assertThat(state().activeApps()).extracting("state").containsExactly(ApplicationState.UNKNOWN);

    answer("worker-1", List.of(order.executor()), List.of());
    assertThat(state().status()).isEqualTo(MasterStatus.RECOVERING);
    master.send(new MasterChangeAcknowledged(appId));

    MasterStateResponse after = await(state -> state.status() == MasterStatus.ALIVE);
    assertThat(after.workers()).extracting("id").containsExactly("worker-1");
    assertThat(after.activeApps()).extracting("id").containsExactly(appId);
    assertThat(after.activeApps().get(0).state()).isEqualTo(ApplicationState.RUNNING);
    assertThat(after.activeApps().get(0).executors())
        .extracting(ExecutorSummary::id)
        .containsExactly(order.executor());
  }

  /** Or its executors would be taken for what nobody needs, and killed. */
  @Test
  void aWorkerThatRegistersByItselfKeepsItsExecutors() throws Exception {
    Party worker = new Party("w");
    Party client = new Party("c");
    register("worker-1", worker);
    String appId = submit(client);
    ExecutorId executor = worker.hears(LaunchExecutor.class).executor();

    restart();
    register("worker-1", worker, work(List.of(executor), List.of()));
    client.hears(AppClientMessage.MasterChanged.class);
    master.send(new MasterChangeAcknowledged(appId));

    MasterStateResponse after = await(state -> state.status() == MasterStatus.ALIVE);
    assertThat(after.workers()).extracting("state").containsExactly(WorkerState.ALIVE);
    assertThat(after.activeApps().get(0).executors())
        .extracting(ExecutorSummary::id)
        .containsExactly(executor);
    worker.hasNotHeard(KillExecutor.class);
  }

  /** It was not found in time, but nobody has told its applications that it is gone. */
  @Test
  void aWorkerThatComesAfterTheRecoveryKeepsItsExecutors() throws Exception {
    Party worker = new Party("w");
    Party client = new Party("c");
    register("worker-1", worker);
    String appId = submit(client);
    ExecutorId executor = worker.hears(LaunchExecutor.class).executor();
    stop();
    parties.stop(worker.ref); // so it is not found
    start();
    client.hears(AppClientMessage.MasterChanged.class);
    master.send(new MasterChangeAcknowledged(appId));
    await(state -> state.status() == MasterStatus.ALIVE);

    Party again = new Party("w-again");
    ExecutorId other = new ExecutorId("app-gone", 1);
    register("worker-1", again, work(List.of(executor, other), List.of()));

    assertThat(state().activeApps().get(0).executors())
        .extracting(ExecutorSummary::id)
        .contains(executor);
    assertThat(again.hears(KillExecutor.class).executor()).isEqualTo(other);
    again.hasNotHeard(KillExecutor.class);
  }

  /** Its driver gave it up while no master led; the new one hears of that before of the worker. */
  @Test
  void anExecutorThatWasGivenUpMeanwhileIsKilled() throws Exception {
    Party worker = new Party("w");
    Party client = new Party("c");
    register("worker-1", worker);
    String appId = submit(client);
    ExecutorId executor = worker.hears(LaunchExecutor.class).executor();
    restart();
    worker.hears(WorkerMessage.MasterChanged.class);
    client.hears(AppClientMessage.MasterChanged.class);

    master.send(new MasterChangeAcknowledged(appId));
    master.send(new ReplaceExecutor(executor, "silent"));
    answer("worker-1", List.of(executor), List.of());

    assertThat(worker.hears(KillExecutor.class).executor()).isEqualTo(executor);
    assertThat(worker.hears(LaunchExecutor.class).executor()).isNotEqualTo(executor);
  }

  @Test
  void aSecondWorkerOfAnIdWaitsUntilItIsKnownWhetherTheFirstLives() throws Exception {
    register("worker-1", new Party("w"));
    restart();
    RegisterWorker second =
        new RegisterWorker("worker-1", 2, new Party("w2").ref, 4, 4096, "", WorkerWork.NONE);

    assertThat(master.askSync(second)).isEqualTo(new MasterInStandby());
    await(state -> !state.workers().isEmpty());
    assertThat(master.askSync(second)).isEqualTo(new MasterInStandby());
    answer("worker-1", List.of(), List.of());
    assertThat(master.askSync(second)).isInstanceOf(RegisterWorkerFailed.class);
  }

  /** A client that cannot be reached just then is looked for again. */
  @Test
  void anApplicationIsLookedForAgain() throws Exception {
    Party client = new Party("c");
    String appId = submit(client);
    stop();
    parties.stop(client.ref);
    start(Duration.ofMillis(400)); // so it looks often, but its clock stands
    await(state -> state.status() == MasterStatus.ALIVE);
    assertThat(state().activeApps()).isEmpty();

    Party again = new Party("c");
    again.hears(AppClientMessage.MasterChanged.class);
    again.hears(AppClientMessage.MasterChanged.class); // until it answers
    master.send(new MasterChangeAcknowledged(appId));

    assertThat(await(state -> !state.activeApps().isEmpty()).activeApps())
        .extracting("id")
        .containsExactly(appId);
  }

  /** Its registration was not answered: the master had died. */
  @Test
  void anApplicationThatRegistersAgainIsTheSame() throws Exception {
    Party client = new Party("c");
    String first = submit(client);
    restart();

    String again = submit(client);

    assertThat(await(state -> state.status() == MasterStatus.ALIVE).activeApps())
        .extracting("id")
        .hasSize(1)
        .isSubsetOf(first, again);
    assertThat(submit(client)).isEqualTo(state().activeApps().get(0).id());
  }

  @Test
  void anApplicationThatStaysSilentIsToldThatItIsGivenUp() throws Exception {
    Party client = new Party("c");
    submit(client);

    restart();
    client.hears(AppClientMessage.MasterChanged.class);
    inside.send(new MasterSelf.CompleteRecovery());
    await(state -> state.status() == MasterStatus.ALIVE);
    clock.addAndGet(NEVER.toNanos() + 1);
    inside.send(new MasterSelf.CheckForWorkerTimeOut());

    assertThat(client.hears(ApplicationRemoved.class).message())
        .isEqualTo("it did not answer the new master");
    assertThat(state().activeApps()).isEmpty();
  }

  @Test
  void aKillOfADriverIsNotForgotten() throws Exception {
    Party worker = new Party("w");
    register("worker-1", worker);
    String driver = submitDriver(true);
    worker.hears(LaunchDriver.class);
    assertThat(master.askSync(new RequestKillDriver(driver)).success()).isTrue();
    worker.hears(KillDriver.class);

    restart();
    worker.hears(WorkerMessage.MasterChanged.class);
    answer("worker-1", List.of(), List.of(driver, "driver-unknown"));

    assertThat(worker.hears(KillDriver.class).driverId()).isEqualTo(driver);
    assertThat(worker.hears(KillDriver.class).driverId()).isEqualTo("driver-unknown");

    restart();
    worker.hears(WorkerMessage.MasterChanged.class);
    answer("worker-1", List.of(), List.of());

    await(state -> state.status() == MasterStatus.ALIVE);
    assertThat(state().completedDrivers()).extracting("state").containsExactly(DriverState.KILLED);
    worker.hasNotHeard(LaunchDriver.class);
  }

  /** It ended while no master was there: it is not to run again, nor to count as lost. */
  @Test
  void aDriverThatEndedInBetweenHasEnded() throws Exception {
    Party worker = new Party("w");
    register("worker-1", worker);
    String driver = submitDriver(true);
    int attempt = worker.hears(LaunchDriver.class).attempt();

    restart();
    DriverStateChanged end =
        new DriverStateChanged(driver, attempt, DriverState.FINISHED, "exit code 0");
    register(
        "worker-1", worker, new WorkerWork(List.of(), List.of(), List.of(), List.of(end), false));

    MasterStateResponse after = await(state -> state.status() == MasterStatus.ALIVE);
    assertThat(after.activeDrivers()).isEmpty();
    assertThat(after.completedDrivers()).extracting("state").containsExactly(DriverState.FINISHED);
  }

  @Test
  void executorsOfAnApplicationThatIsLookedForAreKept() throws Exception {
    Party worker = new Party("w");
    Party client = new Party("c");
    register("worker-1", worker);
    String appId = submit(client);
    ExecutorId executor = worker.hears(LaunchExecutor.class).executor();
    stop();
    parties.stop(worker.ref);
    parties.stop(client.ref);
    start(NEVER);
    await(state -> state.status() == MasterStatus.ALIVE);

    Party again = new Party("w-again");
    ExecutorId other = new ExecutorId("app-gone", 1);
    register("worker-1", again, work(List.of(executor, other), List.of()));

    assertThat(again.hears(KillExecutor.class).executor()).isEqualTo(other);
    assertThat(state().workers()).extracting("executors").containsExactly(1);
    assertThat(appId).isEqualTo(executor.appId());
  }

  @Test
  void aWorkerThatWasNotToldOfItsDecommissioningIsTold() throws Exception {
    Party worker = new Party("w");
    register("worker-1", worker);
    master.askSync(new DecommissionWorker("worker-1"));
    worker.hears(WorkerMessage.Decommission.class);

    restart();
    worker.hears(WorkerMessage.MasterChanged.class);
    answer("worker-1", List.of(), List.of());

    worker.hears(WorkerMessage.Decommission.class);
  }

  @Test
  void aWorkerThatWasDecommissionedSaysSoWhenItComesBack() throws Exception {
    register(
        "worker-1",
        new Party("w"),
        new WorkerWork(List.of(), List.of(), List.of(), List.of(), true));

    assertThat(state().workers()).extracting("state").containsExactly(WorkerState.DECOMMISSIONED);
  }

  @Test
  void aNewExecutorNeverHasTheNumberOfAnOldOne() throws Exception {
    Party worker = new Party("w");
    register("worker-1", worker);
    String appId = submit(new Party("c"));
    ExecutorId old = worker.hears(LaunchExecutor.class).executor();

    restart();
    worker.hears(WorkerMessage.MasterChanged.class);
    answer("worker-1", List.of(), List.of());
    master.send(new MasterChangeAcknowledged(appId));

    assertThat(worker.hears(LaunchExecutor.class).executor().number()).isGreaterThan(old.number());
  }

  @Test
  void whoDoesNotAnswerInTimeIsGone() throws Exception {
    Party silent = new Party("w1");
    Party client = new Party("c");
    register("silent", silent);
    String appId = submit(client);

    restart();
    silent.hears(WorkerMessage.MasterChanged.class);
    client.hears(AppClientMessage.MasterChanged.class);
    master.send(new MasterChangeAcknowledged(appId));
    assertThat(state().status()).isEqualTo(MasterStatus.RECOVERING);
    inside.send(new MasterSelf.CompleteRecovery());

    assertThat(client.hears(WorkerRemoved.class).workerId()).isEqualTo("silent");
    MasterStateResponse after = await(state -> state.status() == MasterStatus.ALIVE);
    assertThat(after.workers()).isEmpty();
    assertThat(after.activeApps()).extracting("id").containsExactly(appId);
  }

  @Test
  void executorsOfAnApplicationThatIsGoneAreKilled() throws Exception {
    Party worker = new Party("w");
    register("worker-1", worker);
    String gone = submit(new Party("c"));
    ExecutorId executor = worker.hears(LaunchExecutor.class).executor();
    master.send(new UnregisterApplication(gone));
    await(state -> state.activeApps().isEmpty());

    restart();
    worker.hears(WorkerMessage.MasterChanged.class);
    answer("worker-1", List.of(executor), List.of());

    assertThat(worker.hears(KillExecutor.class).executor()).isEqualTo(executor);
  }

  @Test
  void aDriverGoesOnWhereItRunsAndIsStartedAgainWhereItIsNot() throws Exception {
    Party worker = new Party("w");
    register("worker-1", worker);
    String kept = submitDriver(false);
    String supervised = submitDriver(true);
    worker.hears(LaunchDriver.class);
    worker.hears(LaunchDriver.class);

    restart();
    worker.hears(WorkerMessage.MasterChanged.class);
    answer("worker-1", List.of(), List.of(kept));

    LaunchDriver again = worker.hears(LaunchDriver.class);
    assertThat(again.driverId()).isEqualTo(supervised);
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(again.description().arguments()).containsExactly("ä=1", "#2", "");
    assertThat(state().activeDrivers())
        .filteredOn(driver -> driver.id().equals(kept))
        .extracting("state")
        .containsExactly(DriverState.RUNNING);
  }

  @Test
  void aDecommissionedWorkerStaysSo() throws Exception {
    Party worker = new Party("w");
    register("worker-1", worker);
    master.askSync(new DecommissionWorker("worker-1"));

    restart();
    worker.hears(WorkerMessage.MasterChanged.class);
    answer("worker-1", List.of(), List.of());

    assertThat(await(state -> state.status() == MasterStatus.ALIVE).workers())
        .extracting("state")
        .containsExactly(WorkerState.DECOMMISSIONED);
  }

  /** A master that cannot write its state must not lead: its successor would know nothing. */
  @Test
  void aMasterWhoseStateCannotBeWrittenEnds() throws Exception {
    BlockingQueue<String> why = new LinkedBlockingQueue<>();
    try (RpcEnv other = RpcEnv.builder("other").build()) {
      Path place = folder.resolve("other");
      HighAvailability broken = HighAvailability.folder(place);
      RpcEndpointRef ref =
          other.setupEndpoint(
              "Master", new Master(MasterSettings.of(NEVER), System::nanoTime, broken, why::add));
      assertThat(ref.askSync(new RequestMasterState()).status()).isEqualTo(MasterStatus.ALIVE);
      try (var files = Files.list(place)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(place);

      ref.ask(new RegisterWorker("w", 1, new Party("w").ref, 1, 1, "", WorkerWork.NONE));

      assertThat(why.poll(10, SECONDS)).startsWith("its state cannot be kept: ");
      assertThat(ref.askSync(new RequestMasterState()).status()).isEqualTo(MasterStatus.STANDBY);
      broken.close();
    }
  }

  private void register(String id, Party worker) {
    register(id, worker, WorkerWork.NONE);
  }

  private void register(String id, Party worker, WorkerWork work) {
    master.askSync(new RegisterWorker(id, 1, worker.ref, 4, 4096, "", work));
  }

  private String submit(Party client) {
    var response =
        master.askSync(
            new RegisterApplication(ApplicationDescription.of("test"), client.ref, client.ref));
    return ((RegisteredApplication) response).appId();
  }

  private String submitDriver(boolean supervise) {
    return master
        .askSync(
            new RequestSubmitDriver(
                new DriverDescription(
                    Optional.empty(), "Main", List.of("ä=1", "#2", ""), 1, 64, supervise)))
        .driverId();
  }

  private void answer(String id, List<ExecutorId> executors, List<String> drivers) {
    master.send(new WorkerSchedulerStateResponse(id, work(executors, drivers)));
  }

  private static WorkerWork work(List<ExecutorId> executors, List<String> drivers) {
    return new WorkerWork(
        executors.stream().map(executor -> new RunningExecutor(executor, 1, 512)).toList(),
        drivers,
        List.of(),
        List.of(),
        false);
  }

  private MasterStateResponse state() {
    return master.askSync(new RequestMasterState());
  }

  /** Asks until it is so; the test's time limit ends it otherwise. */
  private MasterStateResponse await(Predicate<MasterStateResponse> isSo) {
    MasterStateResponse state = state();
    while (!isSo.test(state)) {
      state = state();
    }
    return state;
  }
}
