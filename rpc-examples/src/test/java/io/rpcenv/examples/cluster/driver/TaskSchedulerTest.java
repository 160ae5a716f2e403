// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.TaskDescription;
import io.rpcenv.examples.cluster.protocol.TaskOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskSchedulerTest {

  private static final ExecutorId A = new ExecutorId("app-0", 0);
  private static final ExecutorId B = new ExecutorId("app-0", 1);
  private static final Duration LEAST_SLOW = Duration.ofSeconds(1);

  private final List<String> seen = new ArrayList<>();
  private long now;
  private final TaskScheduler scheduler = new TaskScheduler(new Recorder(), LEAST_SLOW, () -> now);

  /** Keeps what matters to the tests. */
  private final class Recorder implements JobProgress {
    @Override
    public void taskFinished(Attempt attempt) {
      seen.add("finished " + attempt.partition());
    }

    @Override
    public void taskLost(Attempt attempt) {
      seen.add("lost " + attempt.partition());
    }

    @Override
    public void executorEnded(String executorId, String why) {
      seen.add("ended " + executorId);
    }

    @Override
    public void taskSlow(Attempt attempt) {
      seen.add("slow " + attempt.partition());
    }
  }

  private static TaskSet tasks(int count, int firstAttempt) {
    SortedMap<Integer, byte[]> splits = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      splits.put(i, new byte[] {(byte) i});
    }
    return new TaskSet(7, "test", splits, Map.of(), firstAttempt);
  }

  private void begin(int tasks) {
    scheduler.begin(tasks(tasks, 0));
  }

  @Test
  void spreadsTasksOverIdleCores() {
    begin(4);
    scheduler.addExecutor(A, "w1", 1);
    scheduler.addExecutor(B, "w2", 2);
    List<TaskScheduler.Launch> launches = scheduler.assign();

    assertThat(launches).extracting(TaskScheduler.Launch::executor).containsOnly(A, B).hasSize(3);
    assertThat(launches).extracting(l -> l.task().partition()).containsExactly(0, 1, 2);
    assertThat(launches).extracting(l -> l.task().stage()).containsOnly(7);
    assertThat(launches)
        .extracting(l -> l.task().split()[0])
        .containsExactly((byte) 0, (byte) 1, (byte) 2);
    assertThat(scheduler.assign()).isEmpty();
  }

  @Test
  void aTaskGoesWhereItWouldRatherRunIfACoreIsIdleThere() {
    TaskSet four = tasks(4, 0);
    Map<Integer, String> preferred = Map.of(1, A.toString(), 2, A.toString(), 3, "app-0/9");
    scheduler.begin(new TaskSet(7, "test", four.splits(), preferred, 0));
    scheduler.addExecutor(A, "w1", 1);
    scheduler.addExecutor(B, "w2", 3);

    assertThat(scheduler.assign())
        .extracting(l -> l.task().partition() + " at " + l.executor().number())
        .containsExactly("1 at 0", "0 at 1", "2 at 1", "3 at 1");
  }

  @Test
  void givesACoreItsNextTaskWhenOneIsDone() {
    begin(4);
    scheduler.addExecutor(A, "w1", 1);
    TaskDescription first = onlyLaunch();
    scheduler.update(A, first.taskId(), finished(first));

    assertThat(onlyLaunch().partition()).isEqualTo(1);
  }

  @Test
  void runsTasksOfALostExecutorElsewhere() {
    begin(4);
    scheduler.addExecutor(A, "w1", 1);
    TaskDescription lost = onlyLaunch();
    scheduler.addExecutor(B, "w2", 1);
    scheduler.removeExecutor(A, "gone");
    TaskDescription again = onlyLaunch();

    assertThat(again.partition()).isEqualTo(lost.partition());
    assertThat(again.attempt()).isEqualTo(1);
    assertThat(again.taskId()).isNotEqualTo(lost.taskId());
  }

  @Test
  void aResultThatComesTooLateOrTwiceChangesNothing() {
    begin(4);
    scheduler.addExecutor(A, "w1", 1);
    TaskDescription lost = onlyLaunch();
    scheduler.removeExecutor(A, "gone");
    scheduler.addExecutor(A, "w1", 1);
    scheduler.update(A, lost.taskId(), finished(lost));
    assertThat(seen).doesNotContain("finished 0");

    TaskDescription again = onlyLaunch();
    scheduler.addExecutor(B, "w2", 1);
    scheduler.update(B, again.taskId(), finished(again));
    assertThat(seen).as("reported by somebody else").doesNotContain("finished 0");
    scheduler.removeExecutor(B, "gone");

    scheduler.update(A, again.taskId(), finished(again));
    scheduler.update(A, again.taskId(), finished(again));
    scheduler.update(A, again.taskId(), new TaskOutcome.Running());
    assertThat(seen).containsOnlyOnce("finished 0");
    assertThat(scheduler.assign()).as("one core is free, not two").hasSize(1);
  }

  @Test
  void failsTheStageWhenOnePartitionFailedFourTimes() {
    begin(4);
    scheduler.addExecutor(A, "w1", 1);
    for (int failure = 1; failure <= 4; failure++) {
      assertThat(scheduler.failure()).isEmpty();
      TaskDescription task = onlyLaunch();
      assertThat(task.partition()).isZero();
      scheduler.update(A, task.taskId(), new TaskOutcome.Failed("disk on fire"));
    }

    assertThat(scheduler.failure())
        .hasValue("partition 0 failed 4 times, the last time on w1: disk on fire");
    assertThat(scheduler.end()).isEmpty();
    assertThat(scheduler.assign()).isEmpty();
  }

  /** Or a worker with a full disk, which is always the first to be idle, would fail them all. */
  @Test
  void whatFailedOnAWorkerRunsOnAnotherIfThereIsOne() {
    begin(2);
    scheduler.addExecutor(A, "w1", 1);
    scheduler.addExecutor(B, "w2", 1);
    List<TaskScheduler.Launch> both = scheduler.assign();
    TaskScheduler.Launch onA = both.get(both.get(0).executor().equals(A) ? 0 : 1);
    TaskScheduler.Launch onB = both.get(both.get(0).executor().equals(A) ? 1 : 0);

    scheduler.update(A, onA.task().taskId(), new TaskOutcome.Failed("disk full"));
    assertThat(scheduler.assign()).as("the other one is busy").isEmpty();
    scheduler.update(B, onB.task().taskId(), finished(onB.task()));
    TaskScheduler.Launch again = scheduler.assign().get(0);
    assertThat(again.executor()).isEqualTo(B);
    assertThat(again.task().partition()).isEqualTo(onA.task().partition());

    scheduler.removeExecutor(B, "gone");
    assertThat(scheduler.assign()).as("better than nowhere").hasSize(1);
  }

  @Test
  void whatFailedOnAWorkerDoesNotWaitForOneThatIsBusyWithSomethingElse() {
    begin(1);
    scheduler.addExecutor(B, "w2", 1);
    TaskDescription endless = onlyLaunch();
    scheduler.abandon();
    scheduler.begin(tasks(1, 1));
    scheduler.addExecutor(A, "w1", 1);
    TaskDescription first = onlyLaunch();
    scheduler.update(A, first.taskId(), new TaskOutcome.Failed("once"));

    assertThat(onlyLaunch().partition()).as("B still runs %s", endless).isZero();
  }

  @Test
  void whatIsLostWithItsExecutorRunsAgainAndCountsNotAsAFailure() {
    begin(1);
    for (int i = 0; i < TaskScheduler.MAX_LOSSES - 1; i++) {
      loseOne(i);
    }
    scheduler.addExecutor(A, "w1", 1);
    for (int i = 0; i < TaskScheduler.MAX_FAILURES - 1; i++) {
      scheduler.update(A, onlyLaunch().taskId(), new TaskOutcome.Failed("no"));
    }

    assertThat(scheduler.failure()).isEmpty();
    assertThat(onlyLaunch().attempt()).isEqualTo(10);
  }

  /** It may be what kills them. */
  @Test
  void aPartitionThatIsLostAgainAndAgainFailsTheStage() {
    begin(1);
    for (int i = 0; i < TaskScheduler.MAX_LOSSES - 1; i++) {
      loseOne(i);
    }
    scheduler.removeExecutor(new ExecutorId("app-0", 106), "FAILED: exit code 3"); // said later
    loseOne(7);

    assertThat(scheduler.failure())
        .hasValue(
            "partition 0 was lost with its executor 8 times, the last time on w1: gone;"
                + " before that: FAILED: exit code 3");
    assertThat(seen)
        .filteredOn(what -> what.startsWith("ended"))
        .containsExactly("ended app-0/106");
    assertThat(scheduler.assign()).isEmpty();
  }

  /** A worker whose executors die is not where it is to be decided whose fault that is. */
  @Test
  void whatWasLostGoesElsewhere() {
    begin(3);
    scheduler.addExecutor(B, "good", 1);
    assertThat(onlyLaunch().partition()).isZero();
    for (int i = 0; i < 2 * TaskScheduler.MAX_LOSSES; i++) {
      ExecutorId executor = new ExecutorId("app-0", 100 + i);
      scheduler.addExecutor(executor, "bad", 1);
      int launched = scheduler.assign().size();
      scheduler.removeExecutor(executor, "gone");
      assertThat(launched).isEqualTo(i < 2 ? 1 : 0); // each of the two that wait once
    }

    assertThat(scheduler.failure()).isEmpty();
  }

  @Test
  void aLossThatCostsNothingIsNone() {
    begin(4);
    for (int i = 0; i < TaskScheduler.MAX_LOSSES - 1; i++) {
      ExecutorId executor = new ExecutorId("app-0", 100 + i);
      scheduler.addExecutor(executor, "w1", 4);
      scheduler.assign();
      scheduler.removeExecutor(executor, "gone");
    }
    scheduler.addExecutor(A, "w1", 4);
    List<TaskScheduler.Launch> all = scheduler.assign();
    all.stream()
        .map(TaskScheduler.Launch::task)
        .filter(task -> task.partition() > 0)
        .forEach(task -> scheduler.update(A, task.taskId(), finished(task)));
    now += 2 * LEAST_SLOW.toNanos();
    scheduler.lookForSlowOnes();
    scheduler.addExecutor(B, "w2", 1);
    assertThat(onlyLaunch().partition()).as("a copy").isZero();

    scheduler.removeExecutor(B, "gone");

    assertThat(scheduler.failure()).as("the first attempt goes on").isEmpty();
    scheduler.removeExecutor(A, "gone, too");
    assertThat(scheduler.failure())
        .hasValue(
            "partition 0 was lost with its executor 8 times, the last time on w1: gone, too;"
                + " before that: gone");
  }

  /** As when a shuffle's output goes with each executor, too. */
  @Test
  void lossesAddUpThoughTheStageBeginsAnew() {
    for (int i = 0; i < TaskScheduler.MAX_LOSSES; i++) {
      scheduler.begin(tasks(2, 10 * i));
      ExecutorId executor = new ExecutorId("app-0", 100 + i);
      scheduler.addExecutor(executor, "w1", 2);
      scheduler.assign();
      assertThat(scheduler.failure()).isEmpty();
      scheduler.removeExecutor(executor, "gone");
    }

    assertThat(scheduler.failure())
        .get()
        .asString()
        .startsWith("partition 0 or 1 was lost with its executor 8 times");
    scheduler.begin(new TaskSet(8, "another", tasks(1, 0).splits(), Map.of(), 0));
    scheduler.addExecutor(A, "w1", 1);
    scheduler.assign();
    scheduler.removeExecutor(A, "gone");
    assertThat(scheduler.failure()).as("of another stage").isEmpty();
  }

  private void loseOne(int number) {
    ExecutorId executor = new ExecutorId("app-0", 100 + number);
    scheduler.addExecutor(executor, "w1", 1);
    assertThat(onlyLaunch().attempt()).isEqualTo(number);
    scheduler.removeExecutor(executor, "gone");
  }

  @Test
  void aKilledTaskRunsAgain() {
    begin(1);
    scheduler.addExecutor(A, "w1", 1);
    scheduler.update(A, onlyLaunch().taskId(), new TaskOutcome.Killed());

    assertThat(onlyLaunch().attempt()).isEqualTo(1);
  }

  @Test
  void withoutTasksAStageIsOverAtOnce() {
    begin(0);

    assertThat(scheduler.end()).hasValue(new StageEnd.Done(List.of(), 0));
  }

  @Test
  void whatIsMissingEndsTheStageWithWhatIsDone() {
    scheduler.begin(tasks(3, 5));
    scheduler.addExecutor(A, "w1", 2);
    List<TaskScheduler.Launch> launches = scheduler.assign();
    assertThat(launches).extracting(l -> l.task().attempt()).containsExactly(5, 5);
    TaskOutcome.FetchFailed missing = new TaskOutcome.FetchFailed(1, 2, "x", "gone");
    scheduler.update(A, launches.get(0).task().taskId(), finished(launches.get(0).task()));
    scheduler.update(A, launches.get(1).task().taskId(), missing);

    assertThat(scheduler.assign()).isEmpty();
    assertThat(scheduler.end())
        .hasValueSatisfying(
            end -> {
              assertThat(end.completed()).hasSize(1);
              assertThat(end)
                  .isInstanceOfSatisfying(
                      StageEnd.FetchFailed.class,
                      lost -> {
                        assertThat(lost.missing()).isEqualTo(missing);
                        assertThat(lost.nextAttempt()).isEqualTo(6);
                      });
            });
  }

  @Test
  void whatAnAbandonedStageStillRunsTakesItsCoreUntilItHasEnded() {
    begin(1);
    scheduler.addExecutor(A, "w1", 1);
    TaskDescription old = onlyLaunch();
    assertThat(scheduler.abandon()).extracting(TaskScheduler.Launch::task).containsExactly(old);
    assertThat(scheduler.isBusy()).isFalse();

    begin(1);
    assertThat(scheduler.assign()).as("no core is free").isEmpty();
    scheduler.update(A, old.taskId(), finished(old));
    assertThat(seen).as("another attempt may commit").containsExactly("lost 0");
    assertThat(onlyLaunch().attempt()).isZero();
  }

  @Test
  void whatTakesFarLongerThanTheOthersDidIsTriedElsewhereToo() {
    TaskDescription slow = threeOfFourAreDone();
    now += Duration.ofSeconds(3).toNanos() - 1;
    scheduler.lookForSlowOnes();
    assertThat(seen).doesNotContain("slow 3");
    now += 2;
    scheduler.lookForSlowOnes();
    scheduler.lookForSlowOnes();
    assertThat(seen).containsOnlyOnce("slow 3");

    assertThat(scheduler.assign()).as("not again where it is slow").isEmpty();
    scheduler.addExecutor(B, "w2", 1);
    TaskDescription copy = onlyLaunch();
    assertThat(copy.partition()).isEqualTo(3);
    assertThat(copy.attempt()).isEqualTo(1);

    scheduler.update(B, copy.taskId(), finished(copy));
    assertThat(scheduler.takeRedundant())
        .extracting(launch -> launch.task().taskId())
        .containsExactly(slow.taskId());
    scheduler.update(A, slow.taskId(), new TaskOutcome.FetchFailed(1, 1, "x", "interrupted"));
    assertThat(seen).containsOnlyOnce("finished 3").contains("lost 3");
    assertThat(scheduler.end()).as("nothing is missing").containsInstanceOf(StageEnd.Done.class);
  }

  @Test
  void whenTheCopyIsLostThereIsAnother() {
    threeOfFourAreDone();
    now += Duration.ofSeconds(4).toNanos();
    scheduler.lookForSlowOnes();
    scheduler.addExecutor(B, "w2", 1);
    onlyLaunch();
    scheduler.removeExecutor(B, "gone");
    assertThat(scheduler.assign()).as("the first one is still running").isEmpty();
    scheduler.lookForSlowOnes();
    scheduler.addExecutor(B, "w2", 1);

    assertThat(onlyLaunch().attempt()).isEqualTo(2);
  }

  /** Each of them took two seconds; the fourth is running since then. */
  private TaskDescription threeOfFourAreDone() {
    begin(4);
    scheduler.addExecutor(A, "w1", 4);
    List<TaskScheduler.Launch> launches = scheduler.assign();
    now += Duration.ofSeconds(2).toNanos();
    for (TaskScheduler.Launch launch : launches.subList(0, 3)) {
      scheduler.update(A, launch.task().taskId(), finished(launch.task()));
    }
    now -= Duration.ofSeconds(2).toNanos();
    return launches.get(3).task();
  }

  @Test
  void ofTwoAttemptsThatFailTheOtherGoesOn() {
    TaskDescription slow = threeOfFourAreDone();
    now += Duration.ofSeconds(4).toNanos();
    scheduler.lookForSlowOnes();
    scheduler.addExecutor(B, "w2", 1);
    TaskDescription copy = onlyLaunch();
    scheduler.update(B, copy.taskId(), new TaskOutcome.Failed("no"));

    assertThat(scheduler.assign()).as("the first one is still running").isEmpty();
    scheduler.update(A, slow.taskId(), new TaskOutcome.Failed("no"));
    assertThat(onlyLaunch().attempt()).isEqualTo(2);
  }

  @Test
  void nothingIsSlowThatTakesLittle() {
    begin(4);
    scheduler.addExecutor(A, "w1", 4);
    List<TaskScheduler.Launch> launches = scheduler.assign();
    for (TaskScheduler.Launch launch : launches.subList(0, 3)) {
      scheduler.update(A, launch.task().taskId(), finished(launch.task()));
    }
    now += LEAST_SLOW.toNanos();
    scheduler.lookForSlowOnes();

    assertThat(seen).doesNotContain("slow 3");
  }

  @Test
  void beforeMostAreDoneNobodyKnowsWhatIsSlow() {
    begin(4);
    scheduler.addExecutor(A, "w1", 4);
    List<TaskScheduler.Launch> launches = scheduler.assign();
    for (TaskScheduler.Launch launch : launches.subList(0, 2)) {
      scheduler.update(A, launch.task().taskId(), finished(launch.task()));
    }
    now += Duration.ofHours(1).toNanos();
    scheduler.lookForSlowOnes();

    assertThat(seen).containsExactly("finished 0", "finished 1");
  }

  /** Whatever happens in whatever order, each partition counts once, and with its own result. */
  @Test
  void anyMixOfLossesRepeatsCopiesAndResultsEndsWithEachPartitionOnce() {
    int failed = 0;
    for (int seed = 0; seed < 300; seed++) {
      now = 0;
      failed += runAtRandom(new Random(seed), seed) ? 0 : 1;
    }
    assertThat(failed).isLessThan(10);
  }

  /** Returns false if a partition was lost too often. */
  private boolean runAtRandom(Random random, int seed) {
    int count = 1 + random.nextInt(9);
    TaskScheduler tasks = new TaskScheduler(JobProgress.NONE, LEAST_SLOW, () -> now);
    tasks.begin(tasks(count, 0));
    List<TaskScheduler.Launch> everLaunched = new ArrayList<>();
    int nextExecutor = 0;
    for (int step = 0; tasks.end().isEmpty(); step++) {
      assertThat(step).as("a stage that never ends, seed %d", seed).isLessThan(100_000);
      if (tasks.failure().isPresent()) {
        assertThat(tasks.failure()).get().asString().contains("was lost with its executor");
        return false;
      }
      if (tasks.executorCount() == 0 || random.nextInt(10) == 0) {
        tasks.addExecutor(new ExecutorId("app-0", nextExecutor++), "w", 1 + random.nextInt(3));
      }
      now += random.nextInt(2_000_000_000);
      tasks.lookForSlowOnes();
      everLaunched.addAll(tasks.assign());
      TaskScheduler.Launch any = everLaunched.get(random.nextInt(everLaunched.size()));
      switch (random.nextInt(5)) {
        case 0 -> tasks.removeExecutor(any.executor(), "chance");
        case 1 -> tasks.update(any.executor(), any.task().taskId(), new TaskOutcome.Running());
        case 2 -> tasks.update(any.executor(), any.task().taskId(), new TaskOutcome.Killed());
        default -> tasks.update(any.executor(), any.task().taskId(), finished(any.task()));
      }
    }
    Optional<StageEnd> end = tasks.end();
    assertThat(end.orElseThrow().completed()).as("seed %d", seed).hasSize(count);
    for (CompletedTask task : end.orElseThrow().completed()) {
      assertThat(task.outcome())
          .isInstanceOfSatisfying(
              TaskOutcome.Finished.class,
              done -> assertThat(done.result()).containsExactly(task.attempt().partition()));
    }
    return true;
  }

  private TaskDescription onlyLaunch() {
    List<TaskScheduler.Launch> launches = scheduler.assign();
    assertThat(launches).hasSize(1);
    return launches.get(0).task();
  }

  private static TaskOutcome finished(TaskDescription task) {
    return new TaskOutcome.Finished(task.split());
  }
}
