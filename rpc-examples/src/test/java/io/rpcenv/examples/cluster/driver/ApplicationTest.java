// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SUNDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvListener;
import io.rpcenv.examples.cluster.data.Dataset;
import io.rpcenv.examples.cluster.data.JobContext;
import io.rpcenv.examples.cluster.data.JobFailedException;
import io.rpcenv.examples.cluster.data.Pair;
import io.rpcenv.examples.cluster.data.TaskCodec;
import io.rpcenv.examples.cluster.plugin.TaskCountPlugin;
import io.rpcenv.examples.cluster.plugin.TaskCountPlugin.TaskCountMessage.Counts;
import io.rpcenv.examples.cluster.plugin.TaskCountPlugin.TaskCountMessage.GetCounts;
import io.rpcenv.examples.cluster.protocol.Protocol;
import io.rpcenv.plugin.RpcPlugin;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs in one JVM, {@code local[2]}: CLU-07. */
@Timeout(60)
class ApplicationTest {

  private static final Duration LEAST_SLOW = Duration.ofMillis(50);

  @TempDir Path folder;

  private final Observer observer = new Observer();
  private final Watcher watcher = new Watcher();
  private final RpcEnv env =
      RpcEnv.builder("driver").listener(observer).messages(Protocol.messages()).build();
  private Application application;

  private static final class Observer implements RpcEnvListener {
    private final Set<String> messages = ConcurrentHashMap.newKeySet();
    private final Set<String> stopped = ConcurrentHashMap.newKeySet();

    @Override
    public void onMessagePosted(MessageEvent event) {
      messages.add(event.messageClass().substring(event.messageClass().lastIndexOf('$') + 1));
    }

    @Override
    public void onEndpointStopped(String endpoint) {
      stopped.add(endpoint);
    }
  }

  /** What tasks of this JVM share with the test; a task itself may only capture values. */
  private static final Map<String, CountDownLatch> LATCHES = new ConcurrentHashMap<>();

  private static final AtomicInteger CALLS = new AtomicInteger();

  private JobContext start() throws Exception {
    TaskCodec code = new TaskCodec(ApplicationTest.class.getClassLoader());
    List<RpcPlugin> plugins = List.of(new TaskCountPlugin());
    application = Application.local(env, 2, code, plugins, LEAST_SLOW, watcher);
    return application.context();
  }

  @AfterEach
  void close() {
    if (application != null) {
      application.close();
    }
    env.close();
    LATCHES.clear();
    CALLS.set(0);
  }

  /** CLU-14 */
  @Test
  void CLU_14_anObserverSeesTheEndpointsOfASumAndWhatTheySay() throws Exception {
    assertThat(start().range(1, 100, 2).sum(n -> n)).isEqualTo(5050);
    assertThat(watcher.finished).hasSize(2);
    application.close();
    application = null;
    env.shutdown();
    env.awaitTermination();

    assertThat(observer.stopped)
        .contains(
            "HeartbeatReceiver",
            "MapOutputTracker",
            "BlockManagerEndpoint1",
            "BlockManagerMaster",
            "OutputCommitCoordinator");
    assertThat(observer.messages)
        .contains(
            "UpdateBlockInfo",
            "ReviveOffers",
            "StatusUpdate",
            "StopExecutor",
            "StopMapOutputTracker",
            "StopBlockManagerMaster",
            "StopCoordinator");
  }

  /** PLG-03, PLG-06: a plugin sees how each task ends. */
  @Test
  void PLG_06_aPluginCountsTheTasks() throws Exception {
    start().range(0, 7, 8).map(ApplicationTest::slowAtFirst).sum(n -> n);
    RpcEndpointRef plugin = application.plugins().ref(TaskCountPlugin.class.getName());
    Counts counts = new Counts(Map.of());
    while (!counts.succeeded().equals(Map.of("driver", 8))) { // they are sent, not asked
      counts = (Counts) plugin.askSync(new GetCounts(), Object.class);
    }
    String prefix = "plugin." + TaskCountPlugin.class.getName() + ".";
    assertThat(application.plugins().metrics())
        .containsEntry(prefix + "succeeded", 8L)
        .containsEntry(prefix + "failed", 1L)
        .containsEntry(prefix + "executors", 1);
  }

  /** CLU-07, CLU-08 */
  @Test
  void CLU_07_aShuffleWorksInOneProcess() throws Exception {
    Map<String, Integer> counts = new TreeMap<>();
    start()
        .parallelize(List.of("a", "b", "a", "c", "b", "a"), 3)
        .reduceByKey(word -> new Pair<>(word, 1), Integer::sum, 4)
        .reduceByKey(pair -> pair, Integer::sum, 2)
        .collect()
        .forEach(pair -> counts.put(pair.key(), pair.value()));

    assertThat(counts).isEqualTo(Map.of("a", 3, "b", 2, "c", 1));
    assertThat(watcher.finished).hasSize(3 + 4 + 2);
  }

  @Test
  void aShuffleIsWrittenOnceForTwoJobs() throws Exception {
    Dataset<Pair<Long, Long>> reduced =
        start().range(1, 10, 2).reduceByKey(n -> new Pair<>(n % 3, n), Long::sum, 2);

    assertThat(reduced.count()).isEqualTo(3);
    assertThat(reduced.sum(Pair::value)).isEqualTo(55);
    assertThat(watcher.stages).containsExactly("shuffle 1", "count", "sum");
  }

  @Test
  void whatIsKeptIsNotComputedAgainUntilItIsForgotten() throws Exception {
    Dataset<Long> squares = start().range(1, 10, 2).map(ApplicationTest::countedSquare);
    Dataset.Cached<Long> cached = squares.cache();
    try (cached) {
      assertThat(cached.data().sum(n -> n)).isEqualTo(385);
      assertThat(cached.data().count()).isEqualTo(10);
      assertThat(CALLS).hasValue(10);
    }
    assertThat(cached.data().count()).isEqualTo(10);
    assertThat(CALLS).hasValue(20);
  }

  private static long countedSquare(long n) {
    CALLS.incrementAndGet();
    return n * n;
  }

  @Test
  void everyPartIsWrittenThoughAnAttemptAtOneFails() throws Exception {
    Path out = folder.resolve("out");
    start().range(0, 7, 8).map(ApplicationTest::slowAtFirst).saveAsTextFile(out);

    assertThat(out.resolve("part-00007")).hasContent("7");
    assertThat(out.resolve("_SUCCESS")).exists();
    assertThat(out.resolve("_temporary")).doesNotExist();
  }

  /** A task that says it was interrupted, and was not, has failed. */
  @Test
  void onlyWhoWasKilledIsKilled() throws Exception {
    JobContext context = start();

    assertThatThrownBy(() -> context.range(1, 2, 1).map(ApplicationTest::interrupted).count())
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("InterruptedException: as told");
  }

  private static long interrupted(long n) throws InterruptedException {
    throw new InterruptedException("as told");
  }

  @Test
  void keysThatEachJvmHashesDifferentlyAreRefused() throws Exception {
    JobContext context = start();

    assertThatThrownBy(
            () ->
                context
                    .range(1, 2, 1)
                    .reduceByKey(n -> new Pair<>(new int[1], n), Long::sum, 1)
                    .count())
        .hasMessageContaining("key: of class int[] (expected: one with equals and hashCode");
    assertThat(
            context
                .range(1, 4, 2)
                .reduceByKey(n -> new Pair<>(n % 2 == 0 ? SUNDAY : MONDAY, n), Long::sum, 3)
                .collect())
        .containsExactlyInAnyOrder(new Pair<>(SUNDAY, 6L), new Pair<>(MONDAY, 4L));
  }

  private static long slowAtFirst(long n) throws InterruptedException {
    if (n == 7 && CALLS.incrementAndGet() == 1) {
      throw new IllegalStateException("once");
    }
    return n;
  }

  @Test
  void aTaskThatFailsOnceIsTriedAgain() throws Exception {
    assertThat(start().range(0, 7, 8).map(ApplicationTest::slowAtFirst).sum(n -> n)).isEqualTo(28);
    assertThat(watcher.failed).hasSize(1);
  }

  @Test
  void anEmptyJobIsOverAtOnceAndOneOfManyPartsEnds() throws Exception {
    JobContext context = start();
    assertThat(context.parallelize(List.<String>of(), 1).collect()).isEmpty();
    assertThat(context.range(1, 10_000, 10_000).sum(n -> n)).isEqualTo(50_005_000);
  }

  @Test
  void aLargeResultArrives() throws Exception {
    List<byte[]> big = start().parallelize(List.of(1, 2), 2).map(n -> new byte[20 << 20]).collect();

    assertThat(big).hasSize(2).allMatch(bytes -> bytes.length == 20 << 20);
  }

  @Test
  void whatCannotTravelIsNamedBeforeAnythingRuns() throws Exception {
    Object lock = new Object();
    JobContext context = start();

    assertThatThrownBy(() -> context.range(1, 2, 1).map(n -> n + lock.hashCode()).collect())
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("java.lang.Object, held by captured value 1 of a lambda in [")
        .hasMessageContaining(ApplicationTest.class.getName());
    assertThat(watcher.stages).isEmpty();
  }

  @Test
  void aTaskThatThrowsAnErrorFailsTheJobAndNotTheExecutor() throws Exception {
    JobContext context = start();

    assertThatThrownBy(() -> context.range(1, 2, 1).map(ApplicationTest::endless).count())
        .isInstanceOf(JobFailedException.class)
        .hasMessageStartingWith("partition 0 failed 4 times")
        .hasMessageContaining("StackOverflowError");
    assertThat(context.range(1, 2, 1).count()).isEqualTo(2);
  }

  /** The exceptions of an application are its own code, too. */
  @Test
  void anExceptionThatCannotSayWhatItIsFailsTheJob() throws Exception {
    JobContext context = start();

    assertThatThrownBy(() -> context.range(1, 2, 1).map(ApplicationTest::speechless).count())
        .isInstanceOf(JobFailedException.class)
        .hasMessageStartingWith("partition 0 failed 4 times")
        .hasMessageContaining("Speechless");
    assertThat(context.range(1, 2, 1).count()).isEqualTo(2);
  }

  @SuppressWarnings("serial")
  private static final class Speechless extends RuntimeException {
    @Override
    public String getMessage() {
      throw new IllegalStateException("no words");
    }
  }

  private static long speechless(long n) {
    throw new Speechless();
  }

  /** What a task reads of a shuffle ends where it was written to end, and nowhere else. */
  @Test
  void aValueThatReadsMoreThanItWroteFailsTheJob() throws Exception {
    JobContext context = start();

    assertThatThrownBy(
            () ->
                context
                    .range(1, 4, 1)
                    .reduceByKey(n -> new Pair<>(n, new Greedy()), (a, b) -> a, 1)
                    .count())
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("EOFException");
  }

  @SuppressWarnings("serial")
  private static final class Greedy implements Serializable {
    private void writeObject(ObjectOutputStream out) throws IOException {
      out.writeInt(1);
    }

    private void readObject(ObjectInputStream in) throws IOException {
      in.readInt();
      in.readInt();
    }
  }

  private static long endless(long n) {
    return n < 0 ? n : endless(n + 1) + 1;
  }

  /** A task that never ends is stopped when nobody waits for its job any more. */
  @Test
  void aJobThatIsInterruptedKillsItsTasks() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch killed = new CountDownLatch(1);
    LATCHES.put("begun", begun);
    LATCHES.put("killed", killed);
    JobContext context = start();
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread job =
        new Thread(
            () -> {
              try {
                long count = context.range(1, 1, 1).map(ApplicationTest::waitsForever).count();
                end.completeExceptionally(new AssertionError("" + count));
              } catch (InterruptedException | JobFailedException e) {
                end.complete(e);
              }
            });
    job.start();
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    job.interrupt();

    assertThat(end.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    assertThat(killed.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(context.range(1, 3, 2).sum(n -> n)).as("the next job").isEqualTo(6);
  }

  private static long waitsForever(long n) throws InterruptedException {
    try {
      LATCHES.get("begun").countDown();
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      LATCHES.get("killed").countDown();
      throw e;
    }
    return n;
  }

  @Test
  void linesOfAFileAreCounted() throws Exception {
    Path file =
        Files.write(
            folder.resolve("f"), IntStream.range(0, 1000).mapToObj(i -> "line " + i).toList());

    assertThat(start().textFile(file, 5).filter(line -> line.endsWith("7")).count()).isEqualTo(100);
  }
}
