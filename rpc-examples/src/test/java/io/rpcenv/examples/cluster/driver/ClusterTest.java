// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cluster.client.AppClient;
import io.rpcenv.examples.cluster.data.Dataset;
import io.rpcenv.examples.cluster.data.JobContext;
import io.rpcenv.examples.cluster.data.JobFailedException;
import io.rpcenv.examples.cluster.data.TaskCodec;
import io.rpcenv.examples.cluster.driver.JobProgress.Attempt;
import io.rpcenv.examples.cluster.job.Job;
import io.rpcenv.examples.cluster.job.StreamWordCount;
import io.rpcenv.examples.cluster.job.SumJob;
import io.rpcenv.examples.cluster.job.TestJobs;
import io.rpcenv.examples.cluster.job.WordCountJob;
import io.rpcenv.examples.cluster.master.Master;
import io.rpcenv.examples.cluster.master.MasterSettings;
import io.rpcenv.examples.cluster.plugin.TaskCountPlugin;
import io.rpcenv.examples.cluster.protocol.MasterMessage;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestMasterState;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.WorkerSummary;
import io.rpcenv.examples.cluster.protocol.Protocol;
import io.rpcenv.examples.cluster.protocol.WorkerMessage;
import io.rpcenv.examples.cluster.worker.InProcessExecutors;
import io.rpcenv.examples.cluster.worker.Worker;
import io.rpcenv.examples.cluster.worker.WorkerSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
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

  /** CLU-05 */
  @Test
  void aJobIsSharedByTwoWorkers() throws Exception {
    startWorker("w1");
    startWorker("w2");
    Watcher watcher = new Watcher();

    assertThat(submit(new SumJob(1, 100, 2), 2, watcher)).isEqualTo(5050);
    assertThat(watcher.finished).extracting(Attempt::partition).containsExactlyInAnyOrder(0, 1);
    assertThat(watcher.finished)
        .extracting(Attempt::workerId)
        .containsExactlyInAnyOrder("w1", "w2");
  }

  @Test
  void jobsRunOneAfterTheOther() throws Exception {
    startWorker("w1");
    for (int i = 1; i <= 5; i++) {
      assertThat(submit(new SumJob(1, i, 3), 1, JobProgress.NONE)).isEqualTo(i * (i + 1) / 2);
    }
  }

  /** CLU-08: what one executor has written the other one reads. */
  @Test
  void CLU_08_wordsOfTwoWorkersComeTogether() throws Exception {
    startWorker("w1");
    startWorker("w2");
    Path file = Files.writeString(folder.resolve("text"), "to be or\nnot to be\n");
    Watcher watcher = new Watcher();

    assertThat(submit(new WordCountJob(file.toString(), 2), 2, watcher))
        .isEqualTo(Map.of("to", 2L, "be", 2L, "or", 1L, "not", 1L));
    assertThat(watcher.stages).containsExactly("shuffle 1", "collect");
    assertThat(watcher.finished).extracting(Attempt::workerId).contains("w1", "w2").hasSize(4);
  }

  /** What is too large for a message comes by the executor's file server. */
  @Test
  void largeResultsArrive() throws Exception {
    startWorker("w1");
    startWorker("w2");

    List<byte[]> arrays = submit(context -> TestJobs.arrays(context, 3, 5 << 20), 2);

    assertThat(arrays).hasSize(3).allMatch(array -> array.length == 5 << 20);
  }

  /** CLU-09: what is kept is computed once, and a copy of it outlives its executor. */
  @Test
  void CLU_09_whatIsKeptOutlivesTheExecutorThatComputedIt() throws Exception {
    Map<String, RpcEnv> workers = Map.of("w1", startWorker("w1"), "w2", startWorker("w2"));

    long count =
        submit(
            context -> {
              try (Dataset.Cached<Long> squares =
                  TestJobs.keptSquares(context, folder.resolve("computed"))) {
                assertThat(squares.data().count()).isEqualTo(10);
                workers.get("w1").shutdown();
                workers.get("w1").awaitTermination();
                return squares.data().count();
              }
            },
            2);

    assertThat(count).isEqualTo(10);
  }

  /** One speculative copy of a task that takes far longer than the others did. */
  @Test
  void aTaskThatIsStuckIsDoneElsewhere() throws Exception {
    startWorker("w1");
    startWorker("w2");
    Watcher watcher = new Watcher();
    Duration little = Duration.ofMillis(50);
    DriverSettings settings = new DriverSettings(2, PATIENCE, PATIENCE, PATIENCE, little);

    long sum =
        submit(
            "test",
            context -> TestJobs.stuckAtFirst(context, folder.resolve("flag")),
            settings,
            watcher);

    assertThat(sum).isEqualTo(6);
    assertThat(watcher.slow).extracting(Attempt::partition).containsExactly(3);
    assertThat(watcher.finished)
        .filteredOn(attempt -> attempt.partition() == 3)
        .extracting(Attempt::attempt)
        .containsExactly(1);
  }

  /** CLU-10: of two attempts at one part, both of which have written it, one commits. */
  @Test
  void CLU_10_ofTwoAttemptsOnTwoExecutorsOneCommits() throws Exception {
    for (int worker = 1; worker <= 4; worker++) {
      startWorker("w" + worker);
    }
    Path out = folder.resolve("out");
    Duration little = Duration.ofMillis(50);
    DriverSettings settings = new DriverSettings(4, PATIENCE, PATIENCE, PATIENCE, little);
    Watcher watcher = new Watcher();

    submit(
        "test",
        context -> {
          TestJobs.saveWithStraggler(context, folder.resolve("flag"), out);
          return null;
        },
        settings,
        watcher);

    assertThat(watcher.slow).extracting(Attempt::partition).contains(6);
    for (int part = 0; part < 8; part++) {
      assertThat(out.resolve("part-0000" + part)).hasContent("" + part);
    }
    assertThat(watcher.failed).as("who may not commit has not failed").isEmpty();
    assertThat(out.resolve("_SUCCESS")).exists();
  }

  /** CLU-11: another executor goes on with the state of one that is gone. */
  @Test
  void CLU_11_aStreamOutlivesTheExecutorsThatHadItsState() throws Exception {
    Map<String, RpcEnv> workers = Map.of("w1", startWorker("w1"), "w2", startWorker("w2"));
    Path in = Files.createDirectory(folder.resolve("in"));
    Files.writeString(in.resolve("a"), "to be or not to be");
    StreamWordCount stream =
        new StreamWordCount(
            new StreamWordCount.Settings(
                in, folder.resolve("checkpoint"), 2, Duration.ofMillis(1), 3));
    Map<String, Long> counts = new TreeMap<>();

    submit(
        context -> {
          stream.run(
              context,
              (number, files, changed) -> {
                counts.putAll(changed);
                if (number < 3) {
                  write(in.resolve("later-" + number), "to be");
                  workers.get("w" + number).shutdown();
                  startWorker("w" + (number + 2));
                }
              });
          return null;
        },
        2);

    assertThat(counts).isEqualTo(Map.of("to", 4L, "be", 4L, "or", 1L, "not", 1L));
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** CLU-13: the application's classes come by the driver's file server. */
  @Test
  void CLU_13_aJarIsFetchedByEachExecutor() throws Exception {
    startWorker("w1");
    startWorker("w2");
    Path jar = JarFiles.make(Files.createDirectory(folder.resolve("jar")), "Shout", SHOUT);

    assertThat(submit("--jar", jar.toString(), "--class", "Shout", "--", "a", "--b"))
        .contains("[A!, --B!]");
  }

  private static final String SHOUT =
      """
      import io.rpcenv.examples.cluster.data.*;
      import java.io.*;
      import java.util.*;

      public class Shout implements JobProgram {
        record Loud(String text) implements Serializable {}

        @Override
        public void run(JobContext context, List<String> arguments, PrintStream out)
            throws Exception {
          out.println(
              context.parallelize(arguments, 2)
                  .map(text -> new Loud(text.toUpperCase() + "!"))
                  .map(Loud::text)
                  .collect());
        }
      }
      """;

  /** PLG-01: a plugin, too, may come in the application's jar; its parts exchange plain values. */
  @Test
  void PLG_01_aPluginOfAJarRunsBesideTheDriverAndInEachExecutor() throws Exception {
    startWorker("w1");
    startWorker("w2");
    Path jar = JarFiles.make(Files.createDirectory(folder.resolve("jar")), "Roll", ROLL);

    assertThat(
            submit(
                "--jar",
                jar.toString(),
                "--class",
                "Roll",
                "--plugins",
                "Roll$Call",
                "--min-workers",
                "2"))
        .contains("heard of 2 executors, times 7");
  }

  private static final String ROLL =
      """
      import io.rpcenv.examples.cluster.data.*;
      import io.rpcenv.plugin.*;
      import java.io.*;
      import java.util.*;
      import java.util.concurrent.*;

      public class Roll implements JobProgram {
        static final BlockingQueue<Object> HEARD = new LinkedBlockingQueue<>();

        public static class Call implements RpcPlugin {
          @Override
          public Optional<DriverPlugin> driverPlugin() {
            return Optional.of(
                new DriverPlugin() {
                  @Override
                  public Object receive(Object message) {
                    HEARD.add(message);
                    return Map.of("factor", 7L);
                  }
                });
          }

          @Override
          public Optional<ExecutorPlugin> executorPlugin() {
            return Optional.of(
                new ExecutorPlugin() {
                  @Override
                  public void init(ExecutorContext context, Map<String, String> extra) {
                    Map<?, ?> answer = context.ask(List.of("here"), Map.class);
                    context.send(answer.get("factor"));
                  }
                });
          }
        }

        @Override
        public void run(JobContext context, List<String> arguments, PrintStream out)
            throws Exception {
          context.parallelize(List.of(1, 2), 2).count();
          Map<Object, Integer> heard = new HashMap<>();
          for (int i = 0; i < 4; i++) {
            heard.merge(HEARD.poll(10, TimeUnit.SECONDS), 1, Integer::sum);
          }
          if (heard.equals(Map.of(List.of("here"), 2, 7L, 2))) {
            out.println("heard of 2 executors, times 7");
          } else {
            out.println(heard);
          }
        }
      }
      """;

  @Test
  void aClassThatIsNotInTheJarIsAnError() throws Exception {
    Path jar = JarFiles.make(Files.createDirectory(folder.resolve("jar")), "Shout", SHOUT);

    assertThatThrownBy(() -> submit("--jar", jar.toString(), "--class", "Whisper"))
        .isInstanceOf(CommandException.class)
        .hasMessage("--class: Whisper (expected: a class in " + jar + ")");
    assertThatThrownBy(() -> submit("--jar", jar.toString(), "--class", "Shout$Loud"))
        .hasMessage(
            "--class: Shout$Loud (expected: a public JobProgram with a public constructor without"
                + " parameters)");
  }

  /** Runs {@code submit} and returns what it prints. */
  private String submit(String... arguments) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<String> all = new ArrayList<>(List.of("--master", masterAddress.hostPort()));
    all.addAll(List.of(arguments));
    SubmitMain.run(all, new PrintStream(out, true, UTF_8));
    return out.toString(UTF_8);
  }

  @Test
  void aWorkerThatComesLaterHelps() throws Exception {
    Watcher watcher = new Watcher();
    CompletableFuture<Object> result = new CompletableFuture<>();
    Thread submitter =
        new Thread(
            () -> {
              try {
                result.complete(submit(new SumJob(1, 10, 2), 1, watcher));
              } catch (Exception e) {
                result.completeExceptionally(e);
              }
            });
    submitter.start();
    startWorker("late");

    assertThat(result.get(30, TimeUnit.SECONDS)).isEqualTo(BigInteger.valueOf(55));
    assertThat(watcher.finished).extracting(Attempt::workerId).containsOnly("late");
    submitter.join();
  }

  @Test
  void withoutWorkersTheJobFailsSayingSo() {
    DriverSettings hasty = settings(1, Duration.ofMillis(1), Duration.ofMillis(300));

    assertThatThrownBy(() -> submit(new SumJob(1, 2, 1), hasty, JobProgress.NONE))
        .isInstanceOfSatisfying(
            JobFailedException.class,
            e -> assertThat(e.reason()).isEqualTo(JobFailedException.Reason.NO_EXECUTORS))
        .hasMessage("no executor was there for 0 s");
  }

  @Test
  void aTaskThatFailsIsTriedFourTimesThenTheJobFails() throws Exception {
    startWorker("w1");
    Path file = Files.writeString(folder.resolve("text"), "a".repeat((16 << 20) + 1));
    Watcher watcher = new Watcher();

    assertThatThrownBy(() -> submit(new WordCountJob(file.toString(), 1), 1, watcher))
        .isInstanceOf(JobFailedException.class)
        .hasMessage(
            "partition 0 failed 4 times, the last time on w1: java.lang.IllegalArgumentException:"
                + " a word is longer than 16777216 letters");
    assertThat(watcher.failed).extracting(Attempt::attempt).containsExactly(0, 1, 2, 3);
  }

  /** CLU-05: what was written for a shuffle on the lost worker is written again, too. */
  @Test
  void CLU_05_whenAWorkerIsLostItsPartitionsRunElsewhere() throws Exception {
    Map<String, RpcEnv> workers = Map.of("w1", startWorker("w1"), "w2", startWorker("w2"));
    Path file = Files.writeString(folder.resolve("text"), "some words\n".repeat(100_000));
    for (String when : List.of("shuffle 1", "collect")) {
      String dead = workerLostDuring(when, file, workers);
      awaitWorkers(1); // or its successor would be taken for a second one of that name
      workers = Map.of("w1", revived("w1", dead, workers), "w2", revived("w2", dead, workers));
      awaitWorkers(2);
    }
  }

  private RpcEnv revived(String name, String dead, Map<String, RpcEnv> workers) {
    return name.equals(dead) ? startWorker(name) : workers.get(name);
  }

  /** Shuts one worker down as soon as it runs a task of that stage; returns which one. */
  private String workerLostDuring(String stage, Path file, Map<String, RpcEnv> workers)
      throws Exception {
    CompletableFuture<String> dead = new CompletableFuture<>();
    Watcher watcher =
        new Watcher() {
          @Override
          public void taskRunning(Attempt attempt) {
            super.taskRunning(attempt);
            if (stages.get(stages.size() - 1).equals(stage) && dead.complete(attempt.workerId())) {
              workers.get(attempt.workerId()).shutdown();
            }
          }
        };

    assertThat(submit(new WordCountJob(file.toString(), 4), 2, watcher))
        .as("lost during %s", stage)
        .isEqualTo(Map.of("some", 100_000L, "words", 100_000L));
    assertThat(watcher.lost).as("lost during %s", stage).isNotEmpty();
    return dead.getNow("nobody");
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
    MasterSettings settings = MasterSettings.of(Duration.ofMinutes(1));
    env.setupEndpoint(MasterMessage.ENDPOINT, new Master(settings, System::nanoTime));
    return env;
  }

  private RpcEnv startWorker(String name) {
    return startWorker(name, why -> {});
  }

  private RpcEnv startWorker(String name, Consumer<String> onFatal) {
    RpcEnv env = env("worker", 0);
    Duration pause = Duration.ofMillis(100);
    WorkerSettings settings =
        new WorkerSettings(name, 1, 1024, List.of(masterAddress), pause, pause);
    Worker.Ends ends =
        new Worker.Ends() {
          @Override
          public void failed(String why) {
            onFatal.accept(why);
          }

          @Override
          public void decommissioned() {}
        };
    env.setupEndpoint(
        WorkerMessage.ENDPOINT,
        new Worker(settings, new InProcessExecutors(), Optional.empty(), ends));
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

  private <R> R submit(Job<R> job, int minExecutors, JobProgress progress) throws Exception {
    return submit(job, settings(minExecutors, PATIENCE, PATIENCE), progress);
  }

  private static DriverSettings settings(int minExecutors, Duration wait, Duration limit) {
    Duration hour = Duration.ofHours(1);
    return new DriverSettings(minExecutors, wait, limit, PATIENCE, hour);
  }

  private <R> R submit(Job<R> job, DriverSettings settings, JobProgress progress) throws Exception {
    return submit(job.name(), job::run, settings, progress);
  }

  private <R> R submit(Work<R> work, int minExecutors) throws Exception {
    return submit("test", work, settings(minExecutors, PATIENCE, PATIENCE), JobProgress.NONE);
  }

  /** What a driver does. */
  private interface Work<R> {
    R run(JobContext context) throws Exception;
  }

  private <R> R submit(String name, Work<R> work, DriverSettings settings, JobProgress progress)
      throws Exception {
    try (RpcEnv env = env("driver", 0)) {
      RpcEndpointRef master = env.setupEndpointRef(masterAddress, MasterMessage.ENDPOINT);
      try (Application application =
          Application.onCluster(
              env,
              AppClient.Line.only(master),
              name,
              settings,
              TaskCodec.ofExamples(),
              Optional.empty(),
              List.of(new TaskCountPlugin()),
              progress)) {
        return work.run(application.context());
      }
    }
  }

  /** Asks the master until it knows of so many workers; the test's time limit ends it otherwise. */
  private List<WorkerSummary> awaitWorkers(int count) {
    try (RpcEnv env = RpcEnv.builder("observer").messages(Protocol.messages()).build()) {
      RpcEndpointRef master = env.setupEndpointRef(masterAddress, MasterMessage.ENDPOINT);
      while (true) {
        List<WorkerSummary> workers = master.askSync(new RequestMasterState()).workers();
        if (workers.size() == count) {
          return workers;
        }
        Thread.onSpinWait();
      }
    }
  }
}
