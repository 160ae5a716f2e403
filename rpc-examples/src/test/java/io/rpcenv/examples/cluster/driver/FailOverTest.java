// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cluster.client.AppClient;
import io.rpcenv.examples.cluster.client.Masters;
import io.rpcenv.examples.cluster.data.TaskCodec;
import io.rpcenv.examples.cluster.ha.HighAvailability;
import io.rpcenv.examples.cluster.ha.ZooKeeperAddress;
import io.rpcenv.examples.cluster.ha.ZooKeeperAvailability;
import io.rpcenv.examples.cluster.ha.ZooKeeperNode;
import io.rpcenv.examples.cluster.job.TestJobs;
import io.rpcenv.examples.cluster.master.Master;
import io.rpcenv.examples.cluster.master.MasterSettings;
import io.rpcenv.examples.cluster.protocol.MasterMessage;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestMasterState;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse;
import io.rpcenv.examples.cluster.protocol.MasterStatus;
import io.rpcenv.examples.cluster.protocol.Protocol;
import io.rpcenv.examples.cluster.protocol.WorkerMessage;
import io.rpcenv.examples.cluster.worker.InProcessExecutors;
import io.rpcenv.examples.cluster.worker.Worker;
import io.rpcenv.examples.cluster.worker.WorkerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** CLU-12: the leading master loses its session while a job runs, and a standby takes over. */
@Timeout(90)
class FailOverTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final BlockingQueue<String> revoked = new LinkedBlockingQueue<>();
  private ZooKeeperNode server;
  private RpcEnv first;
  private RpcEnv second;
  private RpcEnv observer;

  @BeforeEach
  void startCluster() throws Exception {
    server = opened(ZooKeeperNode.start("127.0.0.1", 0, folder.resolve("zookeeper")));
    observer = opened(RpcEnv.builder("observer").messages(Protocol.messages()).build());
    first = startMaster();
    await(first, state -> state.status() == MasterStatus.ALIVE);
    second = startMaster();
    startWorker();
    await(first, state -> state.workers().size() == 1);
  }

  @AfterEach
  void close() throws Exception {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
  }

  @Test
  void aStandbyTakesOverAndTheJobGoesOn() throws Exception {
    assertThat(state(second).status()).isEqualTo(MasterStatus.STANDBY);
    Path file = folder.resolve("go");
    CompletableFuture<String> job = submit(file);
    MasterStateResponse before = await(first, s -> s.activeApps().size() == 1 && isRunning(s));

    server.expire(sessionOfTheLeader());
    MasterStateResponse after =
        await(second, s -> s.status() == MasterStatus.ALIVE && isRunning(s));

    assertThat(after.epoch()).isGreaterThan(before.epoch());
    assertThat(after.workers()).extracting("id").containsExactly("w1");
    assertThat(after.activeApps())
        .extracting("id")
        .containsExactly(before.activeApps().get(0).id());
    assertThat(after.activeApps().get(0).executors())
        .extracting("id")
        .containsExactly(before.activeApps().get(0).executors().get(0).id());
    assertThat(revoked.poll(20, SECONDS)).isEqualTo("its session with ZooKeeper has ended");
    assertThat(job).isNotDone();
    Files.createFile(file);
    assertThat(job.get(30, SECONDS)).isEqualTo("it was there");
    assertThat(await(second, s -> s.activeApps().isEmpty()).workers()).hasSize(1);
  }

  private static boolean isRunning(MasterStateResponse state) {
    return state.activeApps().stream()
        .flatMap(app -> app.executors().stream())
        .anyMatch(executor -> executor.state().name().equals("RUNNING"));
  }

  private CompletableFuture<String> submit(Path file) {
    CompletableFuture<String> result = new CompletableFuture<>();
    Thread submitter =
        new Thread(
            () -> {
              try (RpcEnv env = env("driver")) {
                RpcEndpointRef master = new Masters(env, addresses()).find(PATIENCE).ref();
                DriverSettings settings = DriverSettings.of(1, PATIENCE);
                try (Application application =
                    Application.onCluster(
                        env,
                        AppClient.Line.only(master),
                        "test",
                        settings,
                        TaskCodec.ofExamples(),
                        Optional.empty(),
                        List.of(),
                        JobProgress.NONE)) {
                  result.complete(TestJobs.waitFor(application.context(), file));
                }
              } catch (Exception e) {
                result.completeExceptionally(e);
              }
            });
    submitter.setDaemon(true);
    submitter.start();
    return result;
  }

  /** Returns the session that owns the oldest node of the election. */
  private long sessionOfTheLeader() throws Exception {
    try (CuratorFramework curator =
        CuratorFrameworkFactory.newClient(server.address(), new RetryOneTime(100))) {
      curator.start();
      List<String> nodes = curator.getChildren().forPath("/rpcenv/leader");
      String oldest =
          nodes.stream().min((a, b) -> sequence(a).compareTo(sequence(b))).orElseThrow();
      return curator.checkExists().forPath("/rpcenv/leader/" + oldest).getEphemeralOwner();
    }
  }

  private static String sequence(String node) {
    return node.substring(node.lastIndexOf('-') + 1);
  }

  private RpcEnv startMaster() throws Exception {
    RpcEnv env = env("master");
    HighAvailability availability =
        opened(
            ZooKeeperAvailability.connect(
                new ZooKeeperAddress(server.address(), "/rpcenv"), Duration.ofSeconds(10)));
    env.setupEndpoint(
        MasterMessage.ENDPOINT,
        new Master(
            new MasterSettings(PATIENCE, PATIENCE),
            System::nanoTime,
            availability,
            why -> {
              revoked.add(why);
              env.shutdown();
            }));
    return env;
  }

  private void startWorker() {
    Duration pause = Duration.ofMillis(200);
    WorkerSettings settings = new WorkerSettings("w1", 1, 1024, addresses(), pause, pause);
    env("worker")
        .setupEndpoint(
            WorkerMessage.ENDPOINT,
            new Worker(
                settings,
                new InProcessExecutors(),
                Optional.empty(),
                new Worker.Ends() {
                  @Override
                  public void failed(String why) {}

                  @Override
                  public void decommissioned() {}
                }));
  }

  private List<RpcAddress> addresses() {
    return List.of(first.address().orElseThrow(), second.address().orElseThrow());
  }

  private RpcEnv env(String name) {
    RpcConf conf =
        RpcConf.builder().set("rpc.numRetries", "1").set("rpc.retry.wait", "100ms").build();
    return opened(
        RpcEnv.builder(name)
            .listen("127.0.0.1", 0)
            .conf(conf)
            .messages(Protocol.messages())
            .build());
  }

  private <T extends AutoCloseable> T opened(T resource) {
    opened.add(resource);
    return resource;
  }

  private MasterStateResponse state(RpcEnv master) {
    return observer
        .setupEndpointRef(master.address().orElseThrow(), MasterMessage.ENDPOINT)
        .askSync(new RequestMasterState());
  }

  /** Asks until it is so; the test's time limit ends it otherwise. */
  private MasterStateResponse await(RpcEnv master, Predicate<MasterStateResponse> isSo) {
    MasterStateResponse state = state(master);
    while (!isSo.test(state)) {
      state = state(master);
    }
    return state;
  }
}
