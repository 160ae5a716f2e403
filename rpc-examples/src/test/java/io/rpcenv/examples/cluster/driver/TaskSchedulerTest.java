// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.examples.cluster.job.SumJob;
import io.rpcenv.examples.cluster.job.TaskResult;
import io.rpcenv.examples.cluster.job.TaskResult.PartialSum;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.TaskDescription;
import io.rpcenv.examples.cluster.protocol.TaskOutcome;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskSchedulerTest {

  private static final ExecutorId A = new ExecutorId("app-0", 0);
  private static final ExecutorId B = new ExecutorId("app-0", 1);

  private final SumJob job = new SumJob(1, 100, 4);
  private final TaskScheduler scheduler = new TaskScheduler(job.tasks(), JobProgress.NONE);

  @Test
  void spreadsTasksOverIdleCores() {
    scheduler.addExecutor(A, "w1", 1);
    scheduler.addExecutor(B, "w2", 2);

    List<TaskScheduler.Launch> launches = scheduler.assign();

    assertThat(launches).extracting(TaskScheduler.Launch::executor).containsOnly(A, B).hasSize(3);
    assertThat(launches).extracting(l -> l.task().partition()).containsExactly(0, 1, 2);
    assertThat(scheduler.assign()).isEmpty();
  }

  @Test
  void givesACoreItsNextTaskWhenOneIsDone() {
    scheduler.addExecutor(A, "w1", 1);
    TaskDescription first = onlyLaunch();

    scheduler.update(A, first.taskId(), finished(first));

    assertThat(onlyLaunch().partition()).isEqualTo(1);
  }

  @Test
  void runsTasksOfALostExecutorElsewhere() {
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
    scheduler.addExecutor(A, "w1", 1);
    TaskDescription lost = onlyLaunch();
    scheduler.removeExecutor(A, "gone");
    scheduler.addExecutor(A, "w1", 1);
    scheduler.update(A, lost.taskId(), finished(lost));
    assertThat(scheduler.completed()).isEmpty();

    TaskDescription again = onlyLaunch();
    scheduler.addExecutor(B, "w2", 1);
    scheduler.update(B, again.taskId(), finished(again));
    assertThat(scheduler.completed()).as("reported by somebody else").isEmpty();
    scheduler.removeExecutor(B, "gone");
    scheduler.update(A, again.taskId(), finished(again));
    scheduler.update(A, again.taskId(), finished(again));
    scheduler.update(A, again.taskId(), new TaskOutcome.Running());

    assertThat(scheduler.completed()).hasSize(1);
    assertThat(scheduler.assign()).as("one core is free, not two").hasSize(1);
  }

  @Test
  void failsTheJobWhenOnePartitionFailedFourTimes() {
    scheduler.addExecutor(A, "w1", 1);
    for (int failure = 1; failure <= 4; failure++) {
      assertThat(scheduler.failure()).isEmpty();
      TaskDescription task = onlyLaunch();
      assertThat(task.partition()).isZero();
      scheduler.update(A, task.taskId(), new TaskOutcome.Failed("disk on fire"));
    }

    assertThat(scheduler.failure())
        .hasValue("partition 0 failed 4 times, the last time on w1: disk on fire");
    assertThat(scheduler.assign()).isEmpty();
  }

  @Test
  void lostAttemptsAreNotHeldAgainstAPartition() {
    for (int i = 0; i < 20; i++) {
      ExecutorId executor = new ExecutorId("app-0", i);
      scheduler.addExecutor(executor, "w1", 1);
      assertThat(onlyLaunch().attempt()).isEqualTo(i);
      scheduler.removeExecutor(executor, "gone");
    }

    assertThat(scheduler.failure()).isEmpty();
  }

  @Test
  void aKilledTaskRunsAgain() {
    scheduler.addExecutor(A, "w1", 1);
    scheduler.update(A, onlyLaunch().taskId(), new TaskOutcome.Killed());

    assertThat(onlyLaunch().attempt()).isEqualTo(1);
  }

  /** Whatever happens in whatever order, the result is right and each partition counts once. */
  @Test
  void anyMixOfLossesRepeatsAndResultsGivesTheRightSum() {
    for (int seed = 0; seed < 300; seed++) {
      assertThat(runAtRandom(new Random(seed))).as("seed %d", seed).isEqualTo(5050);
    }
  }

  private static long runAtRandom(Random random) {
    SumJob sum = new SumJob(1, 100, 1 + random.nextInt(9));
    TaskScheduler tasks = new TaskScheduler(sum.tasks(), JobProgress.NONE);
    List<TaskScheduler.Launch> everLaunched = new ArrayList<>();
    int nextExecutor = 0;
    for (int step = 0; !tasks.isDone(); step++) {
      assertThat(step).as("a job that never ends").isLessThan(100_000);
      if (tasks.executorCount() == 0 || random.nextInt(10) == 0) {
        tasks.addExecutor(new ExecutorId("app-0", nextExecutor++), "w", 1 + random.nextInt(3));
      }
      everLaunched.addAll(tasks.assign());
      TaskScheduler.Launch any = everLaunched.get(random.nextInt(everLaunched.size()));
      switch (random.nextInt(4)) {
        case 0 -> tasks.removeExecutor(any.executor(), "chance");
        case 1 -> tasks.update(any.executor(), any.task().taskId(), new TaskOutcome.Running());
        default -> tasks.update(any.executor(), any.task().taskId(), finished(any.task()));
      }
    }
    List<TaskResult> parts = tasks.completed().stream().map(CompletedTask::result).toList();
    return sum.merge(parts).longValueExact();
  }

  private TaskDescription onlyLaunch() {
    List<TaskScheduler.Launch> launches = scheduler.assign();
    assertThat(launches).hasSize(1);
    return launches.get(0).task();
  }

  private static TaskOutcome finished(TaskDescription task) {
    try {
      return new TaskOutcome.Finished(task.task().run());
    } catch (Exception e) {
      return new TaskOutcome.Finished(new PartialSum(BigInteger.ONE.negate()));
    }
  }
}
