// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.examples.cluster.driver.JobProgress.Attempt;
import io.rpcenv.examples.cluster.job.Task;
import io.rpcenv.examples.cluster.job.TaskResult;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.TaskDescription;
import io.rpcenv.examples.cluster.protocol.TaskOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decides what runs where. Plain state for one thread; sends nothing.
 *
 * <p>Each partition is waiting, running or completed. A task id stands for one attempt: a report
 * counts only while that attempt is running on that executor, so a late or repeated one changes
 * nothing and each partition's result is taken once. An attempt that fails goes back to waiting, at
 * most {@value #MAX_FAILURES} times per partition; one that was lost with its executor goes back
 * without being held against the partition.
 */
final class TaskScheduler {

  static final int MAX_FAILURES = 4;

  private final List<Task> tasks;
  private final JobProgress progress;
  private final TreeSet<Integer> waiting = new TreeSet<>();
  private final Map<Long, Running> running = new LinkedHashMap<>();
  private final SortedMap<Integer, CompletedTask> completed = new TreeMap<>();
  private final Map<ExecutorId, Slots> executors = new LinkedHashMap<>();
  private final int[] attempts;
  private final int[] failures;
  private Optional<String> failure = Optional.empty();
  private long nextTaskId;

  /**
   * A task to start.
   *
   * @param executor where
   * @param task what
   */
  record Launch(ExecutorId executor, TaskDescription task) {}

  private record Running(ExecutorId executor, Attempt attempt) {}

  private static final class Slots {
    private final String workerId;
    private int free;

    Slots(String workerId, int free) {
      this.workerId = workerId;
      this.free = free;
    }
  }

  TaskScheduler(List<Task> tasks, JobProgress progress) {
    this.tasks = List.copyOf(tasks);
    this.progress = progress;
    this.attempts = new int[tasks.size()];
    this.failures = new int[tasks.size()];
    for (int partition = 0; partition < tasks.size(); partition++) {
      waiting.add(partition);
    }
  }

  /** Takes an executor into use; one that is known already stays as it is. */
  void addExecutor(ExecutorId id, String workerId, int cores) {
    if (executors.putIfAbsent(id, new Slots(workerId, cores)) == null) {
      progress.executorAdded(workerId);
    }
  }

  /** Gives up on an executor: what it was running waits again. */
  void removeExecutor(ExecutorId id, String why) {
    Slots gone = executors.remove(id);
    if (gone == null) {
      return;
    }
    progress.executorLost(gone.workerId, why);
    running
        .values()
        .removeIf(
            task -> {
              boolean lost = task.executor().equals(id);
              if (lost) {
                waiting.add(task.attempt().partition());
                progress.taskLost(task.attempt());
              }
              return lost;
            });
  }

  int executorCount() {
    return executors.size();
  }

  /** Gives waiting partitions to idle cores, the executor with the most idle cores first. */
  List<Launch> assign() {
    List<Launch> launches = new ArrayList<>();
    while (!waiting.isEmpty() && failure.isEmpty()) {
      Optional<Map.Entry<ExecutorId, Slots>> idlest =
          executors.entrySet().stream()
              .filter(e -> e.getValue().free > 0)
              .max(Comparator.comparingInt(e -> e.getValue().free));
      if (idlest.isEmpty()) {
        break;
      }
      launches.add(start(waiting.pollFirst(), idlest.get().getKey(), idlest.get().getValue()));
    }
    return launches;
  }

  private Launch start(int partition, ExecutorId executor, Slots slots) {
    long taskId = nextTaskId++;
    Attempt attempt = new Attempt(partition, attempts[partition]++, slots.workerId);
    slots.free--;
    running.put(taskId, new Running(executor, attempt));
    return new Launch(
        executor, new TaskDescription(taskId, partition, attempt.attempt(), tasks.get(partition)));
  }

  /** Takes in what an executor reports of a task. */
  void update(ExecutorId executor, long taskId, TaskOutcome outcome) {
    Running task = running.get(taskId);
    Slots slots = executors.get(executor);
    if (task == null || slots == null || !task.executor().equals(executor)) {
      return;
    }
    if (outcome instanceof TaskOutcome.Running) {
      progress.taskRunning(task.attempt());
      return;
    }
    running.remove(taskId);
    slots.free++;
    if (outcome instanceof TaskOutcome.Finished finished) {
      complete(task.attempt(), finished.result());
    } else if (outcome instanceof TaskOutcome.Failed failed) {
      fail(task.attempt(), failed.error());
    } else {
      waiting.add(task.attempt().partition());
    }
  }

  private void complete(Attempt attempt, TaskResult result) {
    completed.put(attempt.partition(), new CompletedTask(attempt, result));
    progress.taskFinished(attempt);
  }

  private void fail(Attempt attempt, String error) {
    progress.taskFailed(attempt, error);
    if (++failures[attempt.partition()] < MAX_FAILURES) {
      waiting.add(attempt.partition());
    } else if (failure.isEmpty()) {
      failure =
          Optional.of(
              "partition %d failed %d times, the last time on %s: %s"
                  .formatted(attempt.partition(), MAX_FAILURES, attempt.workerId(), error));
    }
  }

  /** Returns why the job has failed, if it has. */
  Optional<String> failure() {
    return failure;
  }

  /** Returns whether all partitions are completed. */
  boolean isDone() {
    return completed.size() == tasks.size();
  }

  /** Returns the completed partitions, in their order. */
  List<CompletedTask> completed() {
    return List.copyOf(completed.values());
  }

  /** Returns the tasks that are running now. */
  List<Launch> running() {
    return running.entrySet().stream().map(e -> describe(e.getKey(), e.getValue())).toList();
  }

  private Launch describe(long taskId, Running task) {
    int partition = task.attempt().partition();
    return new Launch(
        task.executor(),
        new TaskDescription(taskId, partition, task.attempt().attempt(), tasks.get(partition)));
  }
}
