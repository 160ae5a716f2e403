// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cluster.protocol.ApplicationDescription;
import io.rpcenv.examples.cluster.protocol.DriverState;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.ExecutorState;
import io.rpcenv.examples.cluster.protocol.MasterInStandby;
import io.rpcenv.examples.cluster.protocol.MasterMessage.DriverStateChanged;
import io.rpcenv.examples.cluster.protocol.MasterMessage.ExecutorStateChanged;
import io.rpcenv.examples.cluster.protocol.MasterMessage.Heartbeat;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RegisterWorker;
import io.rpcenv.examples.cluster.protocol.MasterMessage.WorkerSchedulerStateResponse;
import io.rpcenv.examples.cluster.protocol.Protocol;
import io.rpcenv.examples.cluster.protocol.RegisterWorkerResponse;
import io.rpcenv.examples.cluster.protocol.RegisterWorkerResponse.RegisterWorkerFailed;
import io.rpcenv.examples.cluster.protocol.RegisterWorkerResponse.RegisteredWorker;
import io.rpcenv.examples.cluster.protocol.WorkerMessage;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.Decommission;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.ExecutorEnding;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.KillExecutor;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.LaunchExecutor;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.MasterChanged;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.Order;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.RequestThreadDump;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** CLU-02, CLU-12: a worker between masters that come, lead and are deposed. */
@Timeout(60)
class WorkerTest {

  private static final ExecutorId EXECUTOR = new ExecutorId("app-1", 0);
  private static final Duration KEEP = Duration.ofHours(1);
  private static final ExecutorId OTHER = new ExecutorId("app-1", 7);

  private static final Duration HEARTBEAT = Duration.ofMillis(50);

  private final Deque<RpcEnv> envs = new ArrayDeque<>();
  private final BlockingQueue<ExecutorId> launched = new LinkedBlockingQueue<>();
  private final BlockingQueue<ExecutorId> killed = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> end = new CompletableFuture<>();
  @TempDir Path folder;
  private final AtomicLong clock = new AtomicLong();
  private WorkDir workDir;
  private Worker worker;
  private RpcEndpointRef ref;
  private FakeMaster leader;
  private FakeMaster standby;

  /** Starts nothing, but keeps what it should have started. */
  private final class FakeLauncher implements ExecutorLauncher {

    @Override
    public Handle launch(LaunchExecutor order, Host host) throws IOException {
      if (order.app().name().equals("impossible")) {
        throw new IOException("no");
      }
      workDir.createExecutorFolder(order.executor());
      launched.add(order.executor());
      return new Handle() {
        @Override
        public boolean isInProcess() {
          return false;
        }

        @Override
        public void kill() {
          killed.add(order.executor());
          ending(ExecutorState.KILLED, "killed");
        }

        @Override
        public void abandon() {}

        @Override
        public void ending(ExecutorState state, String message) {
          host.ref().send(new ExecutorStateChanged(order.executor(), state, message));
        }
      };
    }
  }

  /** A master that says what it is told to say, and keeps what it hears. */
  private final class FakeMaster {
    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<Heartbeat> heartbeats = new LinkedBlockingQueue<>();
    private final RpcEnv env = env("master");
    private final RpcEndpointRef self;

    private volatile Predicate<RegisterWorker> takes;
    private volatile RegisterWorkerResponse otherwise = new MasterInStandby();

    FakeMaster(long epoch, boolean leads) {
      this(epoch, leads, HEARTBEAT);
    }

    FakeMaster(long epoch, boolean leads, Duration heartbeat) {
      takes = worker -> leads;
      CompletableFuture<RpcEndpointRef> me = new CompletableFuture<>();
      RpcEndpoint endpoint =
          RpcEndpoint.handling()
              .onSend(Heartbeat.class, heartbeats::add)
              .onSend(Object.class, heard::add)
              .onAsk(
                  RegisterWorker.class,
                  (message, call) -> {
                    boolean taken = takes.test(message); // before the test hears of it
                    heard.add(message);
                    call.reply(
                        taken
                            ? new RegisteredWorker(me.join(), epoch, heartbeat, false)
                            : otherwise);
                  })
              .build();
      me.complete(env.setupEndpoint("Master", endpoint));
      self = me.join();
    }

    RpcAddress address() {
      return env.address().orElseThrow();
    }

    <T> T hears(Class<T> type) throws InterruptedException {
      Object message = heard.poll(10, SECONDS);
      assertThat(message).isInstanceOf(type);
      return type.cast(message);
    }
  }

  private RpcEnv env(String name) {
    RpcConf conf =
        RpcConf.builder().set("rpc.numRetries", "0").set("rpc.retry.wait", "50ms").build();
    RpcEnv env =
        RpcEnv.builder(name)
            .listen("127.0.0.1", 0)
            .conf(conf)
            .messages(Protocol.messages())
            .build();
    envs.push(env);
    return env;
  }

  @BeforeEach
  void register() throws Exception {
    leader = new FakeMaster(5, true);
    standby = new FakeMaster(6, false);
    workDir = new WorkDir(folder, KEEP, clock::get, Runnable::run);
    worker =
        worker(
            "w1",
            List.of(standby.address(), leader.address()),
            Duration.ofMillis(150),
            Optional.of(workDir));
    ref = env("worker").setupEndpoint(WorkerMessage.ENDPOINT, worker);
    leader.hears(RegisterWorker.class);
    standby.hears(RegisterWorker.class);
    leader.heartbeats.take(); // so it knows that it is registered
  }

  private Worker worker(
      String id, List<RpcAddress> masters, Duration pause, Optional<WorkDir> workDir) {
    return new Worker(
        new WorkerSettings(id, 2, 1024, masters, pause, pause),
        new FakeLauncher(),
        workDir,
        new Worker.Ends() {
          @Override
          public void failed(String why) {
            end.complete(why);
          }

          @Override
          public void decommissioned() {
            end.complete("decommissioned");
          }
        });
  }

  @AfterEach
  void close() throws IOException {
    envs.forEach(RpcEnv::close);
    workDir.close();
  }

  @Test
  void ordersOfADeposedMasterAreRefused() throws Exception {
    ref.send(launch(5, EXECUTOR, "test"));
    assertThat(launched.poll(10, SECONDS)).isEqualTo(EXECUTOR);
    ref.send(new MasterChanged(standby.self, 6, HEARTBEAT));
    WorkerSchedulerStateResponse state = standby.hears(WorkerSchedulerStateResponse.class);
    assertThat(state.work().executors()).singleElement().extracting("id").isEqualTo(EXECUTOR);

    for (Order order :
        List.of(
            new KillExecutor(5, EXECUTOR),
            launch(5, new ExecutorId("app-1", 1), "test"),
            new WorkerMessage.ReconnectWorker(5),
            new WorkerMessage.LaunchDriver(5, "driver-1", 1, DriverRunnerTest.DRIVER),
            new WorkerMessage.KillDriver(5, "driver-1"),
            new Decommission(5),
            new MasterChanged(leader.self, 5, HEARTBEAT))) {
      ref.send(order);
    }
    ref.send(new KillExecutor(6, EXECUTOR));

    assertThat(killed.poll(10, SECONDS)).isEqualTo(EXECUTOR);
    assertThat(killed).isEmpty();
    assertThat(launched).isEmpty();
    assertThat(worker.refusedOrders()).isEqualTo(7);
    assertThat(standby.hears(ExecutorStateChanged.class).state()).isEqualTo(ExecutorState.KILLED);
    assertThat(end).isNotDone();
  }

  /** What the last master did not hear, the next one does. */
  @Test
  void aWorkerThatLosesItsMasterRegistersWithAnyThatLeads() throws Exception {
    ref.send(launch(5, EXECUTOR, "test"));
    ref.send(launch(5, OTHER, "test"));
    assertThat(launched.poll(10, SECONDS)).isEqualTo(EXECUTOR);
    assertThat(launched.poll(10, SECONDS)).isEqualTo(OTHER);
    leader.env.close();
    standby.hears(RegisterWorker.class); // and is refused
    ref.send(new ExecutorStateChanged(OTHER, ExecutorState.FAILED, "meanwhile"));

    standby.takes = that -> that.work().executors().size() == 1; // so it knows of the other's end

    RegisterWorker again = standby.hears(RegisterWorker.class);
    while (again.work().executors().size() > 1) {
      again = standby.hears(RegisterWorker.class);
    }
    assertThat(again.work().executors()).singleElement().extracting("id").isEqualTo(EXECUTOR);
    while (!(standby.heard.take() instanceof ExecutorStateChanged m
        && m.executor().equals(OTHER))) {
      // It may have asked once more.
    }
    assertThat(end).isNotDone();
  }

  /** A master that comes back takes a new worker for the one that was there before. */
  @Test
  void aWorkerThatNeverRegisteredDoesSoWhenTheMasterChanges() throws Exception {
    FakeMaster late = new FakeMaster(7, false);
    RpcEndpointRef other =
        env("other")
            .setupEndpoint(
                WorkerMessage.ENDPOINT,
                worker("w2", List.of(late.address()), Duration.ofHours(1), Optional.empty()));
    late.hears(RegisterWorker.class);
    late.takes = that -> true;

    other.send(new MasterChanged(late.self, 7, HEARTBEAT));

    late.hears(RegisterWorker.class);
    late.heartbeats.take();
    other.send(new MasterChanged(late.self, 7, HEARTBEAT));
    late.hears(WorkerSchedulerStateResponse.class);
  }

  /** The next master may be less patient. */
  @Test
  void heartbeatsComeAsOftenAsTheMasterThatLeadsWantsThem() throws Exception {
    FakeMaster patient = new FakeMaster(5, true, Duration.ofHours(1));
    RpcEndpointRef other = start("w2", patient);
    patient.hears(RegisterWorker.class);
    other.send(new DriverStateChanged("driver-1", 1, DriverState.FINISHED, ""));
    patient.hears(DriverStateChanged.class); // so it knows that it is registered

    other.send(new MasterChanged(standby.self, 6, HEARTBEAT));

    assertThat(standby.heartbeats.poll(10, SECONDS)).isNotNull();
    assertThat(patient.heartbeats).isEmpty();
  }

  @Test
  void whoIsRefusedByAllEnds() throws Exception {
    FakeMaster refuses = new FakeMaster(5, false);
    refuses.otherwise = new RegisterWorkerFailed(5, "there is one");
    start("w2", refuses, standby);

    assertThat(end.get(10, SECONDS)).isEqualTo("the master refused this worker: there is one");
  }

  /** A leader that was deposed and does not know it yet may take the worker for a second one. */
  @Test
  void theRefusalOfADeposedMasterDoesNotCount() throws Exception {
    FakeMaster deposed = new FakeMaster(5, false);
    deposed.otherwise = new RegisterWorkerFailed(5, "there is one");
    CountDownLatch refused = new CountDownLatch(1);
    deposed.takes =
        worker -> {
          refused.countDown();
          return false;
        };
    standby.takes = worker -> comes(refused); // so that this comes second
    start("w2", deposed, standby);

    standby.heartbeats.take();
    standby.heartbeats.take();
    assertThat(end).isNotDone();
  }

  private static boolean comes(CountDownLatch event) {
    try {
      return event.await(10, SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private RpcEndpointRef start(String id, FakeMaster... masters) {
    List<RpcAddress> addresses = Stream.of(masters).map(FakeMaster::address).toList();
    Worker other = worker(id, addresses, Duration.ofMillis(150), Optional.empty());
    return env(id).setupEndpoint(WorkerMessage.ENDPOINT, other);
  }

  @Test
  void whenNobodyLeadsItGivesUp() throws Exception {
    leader.env.close();
    standby.env.close();

    assertThat(end.get(30, SECONDS)).startsWith("no master at [").contains("after 16 attempts");
  }

  @Test
  void anExecutorThatCannotBeStartedIsReported() throws Exception {
    ref.send(launch(5, EXECUTOR, "impossible"));

    assertThat(leader.hears(ExecutorStateChanged.class))
        .isEqualTo(
            new ExecutorStateChanged(EXECUTOR, ExecutorState.FAILED, "it cannot be started: no"));
  }

  @Test
  void aDecommissionedWorkerEndsAfterItsLastExecutor() throws Exception {
    ref.send(launch(5, EXECUTOR, "test"));
    ref.send(new Decommission(5));
    assertThat(launched.poll(10, SECONDS)).isEqualTo(EXECUTOR);
    assertThat(ref.askSync(new ExecutorEnding(new ExecutorId("no", 1), ExecutorState.LOST, "")))
        .isTrue();
    assertThat(end).isNotDone();

    ref.askSync(new ExecutorEnding(EXECUTOR, ExecutorState.KILLED, "done"));

    assertThat(end.get(10, SECONDS)).isEqualTo("decommissioned");
  }

  /** CLU-02: a dump of the worker's own threads would be taken for the executor's. */
  @Test
  void thereIsNoThreadDumpOfAnExecutorThatIsStillStarting() throws Exception {
    ref.send(launch(5, EXECUTOR, "test"));
    assertThat(launched.poll(10, SECONDS)).isEqualTo(EXECUTOR);

    assertThatThrownBy(() -> ref.askSync(new RequestThreadDump(EXECUTOR)))
        .hasMessageContaining("executor app-1/0 is still starting");
  }

  @Test
  void theFolderOfAnApplicationGoesWithTheLastExecutor() throws Exception {
    ExecutorId other = new ExecutorId("app-1", 1);
    ref.send(launch(5, EXECUTOR, "test"));
    ref.send(launch(5, other, "test"));
    ref.send(new KillExecutor(5, EXECUTOR));
    assertThat(leader.hears(ExecutorStateChanged.class).executor()).isEqualTo(EXECUTOR);
    ref.send(new WorkerMessage.WorkDirCleanup());
    assertThat(ref.askSync(new ExecutorEnding(new ExecutorId("no", 1), ExecutorState.LOST, "")))
        .isTrue();
    assertThat(folder.resolve("app-1/1")).exists();

    ref.send(new KillExecutor(5, other));

    assertThat(leader.hears(ExecutorStateChanged.class).executor()).isEqualTo(other);
    clock.addAndGet(KEEP.toNanos() + 1);
    ref.send(new WorkerMessage.WorkDirCleanup());
    assertThat(ref.askSync(new ExecutorEnding(other, ExecutorState.LOST, ""))).isTrue();
    assertThat(folder.resolve("app-1")).doesNotExist();
  }

  private LaunchExecutor launch(long epoch, ExecutorId id, String app) {
    return new LaunchExecutor(epoch, id, ApplicationDescription.of(app), 1, leader.self);
  }
}
