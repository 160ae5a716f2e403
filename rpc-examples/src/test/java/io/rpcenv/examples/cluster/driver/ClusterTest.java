// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cluster.job.Job;
import io.rpcenv.examples.cluster.job.SumJob;
import io.rpcenv.examples.cluster.job.WordCountJob;
import io.rpcenv.examples.cluster.master.Master;
import io.rpcenv.examples.cluster.master.MasterSettings;
import io.rpcenv.examples.cluster.protocol.MasterMessage;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestMasterState;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.WorkerSummary;
import io.rpcenv.examples.cluster.protocol.Protocol;
import io.rpcenv.examples.cluster.protocol.WorkerMessage;
import io.rpcenv.examples.cluster.worker.Worker;
import io.rpcenv.examples.cluster.worker.WorkerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Master, workers and driver over the network, each an env of its own, all in this JVM. */
@Timeout(60)
class ClusterTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final Deque<RpcEnv> envs = new ArrayDeque<>();
  private RpcAddress masterAddress;

  @BeforeEach
  void startMaster() {
    masterAddress = startMaster(0).address().orElseThrow();
  }

  @AfterEach
  void close() {
    envs.forEach(RpcEnv::close);
  }

  @Test
  void aJobIsSharedByTwoWorkers() throws Exception {
    startWorker("w1");
    startWorker("w2");
    SumJob job = new SumJob(1, 100, 2);

    List<CompletedTask> tasks = submit(job, 2, JobProgress.NONE);

    assertThat(job.merge(tasks.stream().map(CompletedTask::result).toList())).isEqualTo(5050);
    assertThat(tasks).extracting(task -> task.attempt().partition()).containsExactly(0, 1);
    assertThat(tasks)
        .extracting(task -> task.attempt().workerId())
        .containsExactlyInAnyOrder("w1", "w2");
  }

  @Test
  void jobsRunOneAfterTheOther() throws Exception {
    startWorker("w1");
    for (int i = 1; i <= 5; i++) {
      SumJob job = new SumJob(1, i, 3);
      List<CompletedTask> tasks = submit(job, 1, JobProgress.NONE);
      assertThat(job.merge(tasks.stream().map(CompletedTask::result).toList()))
          .isEqualTo(i * (i + 1) / 2);
    }
  }

  @Test
  void aWorkerThatComesLaterHelps() throws Exception {
    CompletableFuture<List<CompletedTask>> result = new CompletableFuture<>();
    Thread submitter =
        new Thread(
            () -> {
              try {
                result.complete(submit(new SumJob(1, 10, 2), 1, JobProgress.NONE));
              } catch (Exception e) {
                result.completeExceptionally(e);
              }
            });
    submitter.start();
    startWorker("late");

    assertThat(result.get(30, TimeUnit.SECONDS))
        .extracting(task -> task.attempt().workerId())
        .containsOnly("late");
    submitter.join();
  }

  @Test
  void withoutWorkersTheJobFailsSayingSo() {
    DriverSettings hasty = new DriverSettings(1, Duration.ofMillis(1), Duration.ofMillis(300));

    assertThatThrownBy(() -> submit(new SumJob(1, 2, 1), hasty, JobProgress.NONE))
        .isInstanceOfSatisfying(
            JobFailedException.class,
            e -> assertThat(e.reason()).isEqualTo(JobFailedException.Reason.NO_EXECUTORS))
        .hasMessage("no worker was there for 0 s; the master knows of 0 worker(s)");
  }

  @Test
  void aTaskThatFailsIsTriedFourTimesThenTheJobFails() throws Exception {
    startWorker("w1");
    Path missing = folder.resolve("missing");
    BlockingQueue<Integer> attempts = new LinkedBlockingQueue<>();
    JobProgress progress =
        new JobProgress() {
          @Override
          public void taskFailed(Attempt attempt, String error) {
            attempts.add(attempt.attempt());
          }
        };

    assertThatThrownBy(
            () ->
                submit(
                    new WordCountJob(missing.toString(), 10, 1),
                    DriverSettings.of(1, PATIENCE),
                    progress))
        .isInstanceOf(JobFailedException.class)
        .hasMessage(
            "partition 0 failed 4 times, the last time on w1: "
                + "java.nio.file.NoSuchFileException: "
                + missing);
    assertThat(attempts).containsExactly(0, 1, 2, 3);
  }

  @Test
  void whenAWorkerIsLostItsPartitionsRunElsewhere() throws Exception {
    Map<String, RpcEnv> workers = Map.of("w1", startWorker("w1"), "w2", startWorker("w2"));
    Path file = Files.writeString(folder.resolve("text"), "some words\n".repeat(4_000_000));
    WordCountJob job = new WordCountJob(file.toString(), Files.size(file), 2);
    BlockingQueue<JobProgress.Attempt> lost = new LinkedBlockingQueue<>();
    JobProgress progress =
        new JobProgress() {
          private boolean shot;

          @Override
          public void taskRunning(Attempt attempt) {
            if (!shot) {
              shot = true;
              workers.get(attempt.workerId()).shutdown();
            }
          }

          @Override
          public void taskLost(Attempt attempt) {
            lost.add(attempt);
          }
        };

    List<CompletedTask> tasks = submit(job, 2, progress);

    assertThat(job.merge(tasks.stream().map(CompletedTask::result).toList()))
        .isEqualTo(Map.of("some", 4_000_000L, "words", 4_000_000L));
    String dead = lost.remove().workerId();
    assertThat(tasks)
        .as("all that was not done before the loss, here: nothing, ran on the other one")
        .hasSize(2)
        .noneMatch(task -> task.attempt().workerId().equals(dead));
  }

  @Test
  void aWorkerThatLostItsMasterRegistersWithTheNextOne() throws Exception {
    startWorker("w1");
    awaitWorkers(1);

    RpcEnv first = envs.pollLast();
    first.close();
    RpcEnv second = startMaster(masterAddress.port());

    assertThat(second.address()).contains(masterAddress);
    awaitWorkers(1);
    assertThatCode(() -> submit(new SumJob(1, 2, 1), 1, JobProgress.NONE))
        .doesNotThrowAnyException();
  }

  /** SPARK-23191: the second of two workers of one name is told to end, the first one stays. */
  @Test
  void SPARK_23191_aWorkerWhoseNameIsTakenEnds() throws Exception {
    startWorker("twin");
    awaitWorkers(1);
    CompletableFuture<String> fatal = new CompletableFuture<>();

    startWorker("twin", fatal::complete);

    assertThat(fatal.get(10, TimeUnit.SECONDS))
        .startsWith("the master refused this worker: Duplicate worker ID [twin]");
    assertThat(awaitWorkers(1)).hasSize(1);
  }

  private RpcEnv startMaster(int port) {
    RpcEnv env = env("master", port);
    MasterSettings settings = new MasterSettings(Duration.ofSeconds(5));
    env.setupEndpoint(MasterMessage.ENDPOINT, new Master(settings, System::nanoTime));
    return env;
  }

  private RpcEnv startWorker(String name) {
    return startWorker(name, why -> {});
  }

  private RpcEnv startWorker(String name, Consumer<String> onFatal) {
    RpcEnv env = env("worker", 0);
    Duration pause = Duration.ofMillis(100);
    WorkerSettings settings = new WorkerSettings(name, 1, masterAddress, pause, pause);
    env.setupEndpoint(WorkerMessage.ENDPOINT, new Worker(settings, onFatal));
    return env;
  }

  private RpcEnv env(String name, int port) {
    RpcConf conf =
        RpcConf.builder().set("rpc.numRetries", "1").set("rpc.retry.wait", "100ms").build();
    RpcEnv env =
        RpcEnv.builder(name)
            .listen("127.0.0.1", port)
            .conf(conf)
            .messages(Protocol.messages())
            .build();
    envs.push(env);
    return env;
  }

  private List<CompletedTask> submit(Job<?> job, int minExecutors, JobProgress progress)
      throws Exception {
    return submit(job, DriverSettings.of(minExecutors, PATIENCE), progress);
  }

  private List<CompletedTask> submit(Job<?> job, DriverSettings settings, JobProgress progress)
      throws Exception {
    try (RpcEnv env = env("driver", 0)) {
      RpcEndpointRef master = env.setupEndpointRef(masterAddress, MasterMessage.ENDPOINT);
      return new JobRunner(env, master, settings, progress).run(job);
    }
  }

  /** Asks the master until it knows of so many workers; the test's time limit ends it otherwise. */
  private List<WorkerSummary> awaitWorkers(int count) {
    try (RpcEnv env = RpcEnv.builder("observer").messages(Protocol.messages()).build()) {
      RpcEndpointRef master = env.setupEndpointRef(masterAddress, MasterMessage.ENDPOINT);
      while (true) {
        List<WorkerSummary> workers = master.askSync(new RequestMasterState()).workers();
        if (workers.size() >= count) {
          return workers;
        }
        Thread.onSpinWait();
      }
    }
  }
}
