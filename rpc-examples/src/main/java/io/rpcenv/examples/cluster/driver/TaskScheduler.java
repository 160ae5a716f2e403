// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.examples.cluster.driver.JobProgress.Attempt;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.TaskDescription;
import io.rpcenv.examples.cluster.protocol.TaskOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what runs where, one stage at a time. Plain state for one thread; sends nothing.
 *
 * <p>Each partition is waiting, running or completed. A task id stands for one attempt: a report
 * counts only while that attempt is running on that executor, so a late or repeated one changes
 * nothing and each partition's result is taken once. An attempt that fails goes back to waiting, at
 * most {@value #MAX_FAILURES} times per partition, and then runs on another worker if there is any:
 * the fault may be the worker's, whose full disk fails so fast that it would get it again and
 * again. An attempt that was lost with its executor goes back, too, and may be lost more often, for
 * that is rarely its fault; but not for ever, for it may be: {@value #MAX_LOSSES} times, however
 * often its stage begins anew meanwhile. When most partitions are done, one that takes far longer
 * than they did gets a second attempt elsewhere; the first that is done counts.
 */
final class TaskScheduler {

  private static final Logger LOG = LoggerFactory.getLogger(TaskScheduler.class);

  static final int MAX_FAILURES = 4;
  static final int MAX_LOSSES = 8;

  /** Before this share of a stage is done, nobody knows what takes long. */
  private static final double DONE_BEFORE_SPECULATION = 0.75;

  /** So many times what half of the tasks took is long. */
  private static final double SLOW = 1.5;

  private final JobProgress progress;
  private final LongSupplier nanoClock;
  private final long leastSlowNanos;
  private final Map<Long, Running> running = new LinkedHashMap<>();
  private final Map<ExecutorId, Slots> executors = new LinkedHashMap<>();
  private final List<Launch> redundant = new ArrayList<>();
  private final Map<Integer, Map<Integer, Integer>> losses = new HashMap<>(); // of all its runs
  private @Nullable Stage stage;
  private long nextTaskId;
  private String lastEnd = "";

  /**
   * A task at its place.
   *
   * @param executor where
   * @param task what
   */
  record Launch(ExecutorId executor, TaskDescription task) {}

  private record Running(Stage stage, Launch launch, Attempt attempt, long since) {}

  private static final class Slots {
    private final String workerId;
    private int free;

    Slots(String workerId, int free) {
      this.workerId = workerId;
      this.free = free;
    }
  }

  /** What is known of the stage that is being run. */
  private static final class Stage {
    private final TaskSet tasks;
    private final TreeSet<Integer> waiting;
    private final TreeSet<Integer> slow = new TreeSet<>();
    private final Set<Integer> everSlow = new HashSet<>();
    private final SortedMap<Integer, CompletedTask> completed = new TreeMap<>();
    private final List<Long> durations = new ArrayList<>();
    private final Map<Integer, Integer> attempts = new HashMap<>(); // the number of the next
    private final Map<Integer, Integer> failures = new HashMap<>();
    private final Map<Integer, Set<String>> failedOn = new HashMap<>(); // workers
    private Optional<TaskOutcome.FetchFailed> missing = Optional.empty();
    private Optional<String> failure = Optional.empty();

    Stage(TaskSet tasks) {
      this.tasks = tasks;
      this.waiting = new TreeSet<>(tasks.splits().keySet());
    }

    boolean isDone() {
      return completed.size() == tasks.splits().size();
    }

    Set<String> failedOn(int partition) {
      return failedOn.computeIfAbsent(partition, unused -> new HashSet<>());
    }

    int nextAttempt() {
      return attempts.values().stream().mapToInt(n -> n).max().orElse(tasks.firstAttempt());
    }
  }

  /**
   * Makes a scheduler that has nothing to do.
   *
   * @param progress who is told what happens
   * @param leastSlow what takes less is never slow
   * @param nanoClock what it measures tasks with, usually {@code System::nanoTime}
   */
  TaskScheduler(JobProgress progress, Duration leastSlow, LongSupplier nanoClock) {
    this.progress = progress;
    this.leastSlowNanos = leastSlow.toNanos();
    this.nanoClock = nanoClock;
  }

  /** Begins a stage; the one before has ended or been abandoned. */
  void begin(TaskSet tasks) {
    stage = new Stage(tasks);
    progress.stageBegan(tasks);
  }

  /** The master has taken the application. */
  void applicationRegistered(String appId) {
    progress.applicationRegistered(appId);
  }

  /** Takes an executor into use; one that is known already stays as it is. */
  void addExecutor(ExecutorId id, String workerId, int cores) {
    if (executors.putIfAbsent(id, new Slots(workerId, cores)) == null) {
      LOG.info("Executor [{}] on [{}] is ready", id, workerId);
      progress.executorAdded(workerId);
    }
  }

  /**
   * Gives up on an executor: what it was running waits again, if nobody else runs it. Of one that
   * is gone already, or never came, this is what else is known.
   */
  void removeExecutor(ExecutorId id, String why) {
    Slots gone = executors.remove(id);
    String before = lastEnd;
    lastEnd = why;
    if (gone == null) {
      progress.executorEnded(id.toString(), why);
      return;
    }
    progress.executorLost(gone.workerId, why);
    List<Running> lost =
        running.values().stream().filter(task -> task.launch().executor().equals(id)).toList();
    running.values().removeAll(lost);
    List<Running> again = lost.stream().filter(this::repeat).toList();
    again.forEach(task -> holdAgainst(task.stage(), task.attempt()));
    if (stage != null) {
      failIfLostTooOften(stage, again, before.isEmpty() ? why : why + "; before that: " + before);
    }
  }

  /** It need not be its fault; but it goes elsewhere, if it can. */
  private void holdAgainst(Stage its, Attempt lost) {
    its.failedOn(lost.partition()).add(lost.workerId());
    losses
        .computeIfAbsent(lost.stage(), unused -> new HashMap<>())
        .merge(lost.partition(), 1, Integer::sum);
  }

  /** What kills each executor it runs on would do so for ever. */
  private void failIfLostTooOften(Stage current, List<Running> again, String why) {
    Map<Integer, Integer> known = losses.getOrDefault(current.tasks.stage(), Map.of());
    List<Attempt> tooOften =
        again.stream()
            .map(Running::attempt)
            .filter(lost -> known.getOrDefault(lost.partition(), 0) >= MAX_LOSSES)
            .toList();
    if (!tooOften.isEmpty() && current.failure.isEmpty()) {
      current.failure =
          Optional.of(
              "partition %s was lost with its executor %d times, the last time on %s: %s"
                  .formatted(
                      tooOften.stream()
                          .map(lost -> Integer.toString(lost.partition()))
                          .collect(Collectors.joining(" or ")),
                      MAX_LOSSES,
                      tooOften.get(0).workerId(),
                      why));
    }
  }

  /** Returns what was said last of the end of an executor; empty if none has ended. */
  String lastEnd() {
    return lastEnd;
  }

  private boolean repeat(Running task) {
    progress.taskLost(task.attempt());
    return waitAgain(task);
  }

  /** Returns whether it does: it need not if there is another attempt, or it is done. */
  private boolean waitAgain(Running task) {
    int partition = task.attempt().partition();
    task.stage().everSlow.remove(partition); // of two attempts one is gone
    boolean elsewhere =
        running.values().stream()
            .anyMatch(t -> t.stage() == task.stage() && t.attempt().partition() == partition);
    return task.stage() == stage
        && !elsewhere
        && !task.stage().completed.containsKey(partition)
        && task.stage().waiting.add(partition);
  }

  int executorCount() {
    return executors.size();
  }

  /** Returns whether a stage is under way. */
  boolean isBusy() {
    return stage != null;
  }

  /** Gives waiting partitions to idle cores, the executor with the most idle cores first. */
  List<Launch> assign() {
    List<Launch> launches = new ArrayList<>();
    Stage current = stage;
    if (current == null || current.failure.isPresent() || current.missing.isPresent()) {
      return launches;
    }
    assignPreferred(current, launches);
    Iterator<Integer> waiting = current.waiting.iterator();
    while (waiting.hasNext() && hasIdleCore()) {
      int partition = waiting.next();
      Optional<ExecutorId> idlest = idlest(current, partition);
      if (idlest.isPresent()) {
        waiting.remove();
        launches.add(start(current, partition, idlest.get()));
      }
    }
    for (int partition : List.copyOf(current.slow)) {
      Optional<ExecutorId> idlest = idlest(current, partition);
      if (idlest.isPresent()) {
        current.slow.remove(partition);
        launches.add(start(current, partition, idlest.get()));
      }
    }
    return launches;
  }

  /** Gives partitions to where they would rather run, as far as a core is idle there. */
  private void assignPreferred(Stage current, List<Launch> launches) {
    if (current.tasks.preferred().isEmpty()) {
      return;
    }
    for (int partition : List.copyOf(current.waiting)) {
      String preferred = current.tasks.preferred().get(partition);
      executors.entrySet().stream()
          .filter(e -> e.getKey().toString().equals(preferred) && e.getValue().free > 0)
          .filter(e -> mayRunOn(e.getValue().workerId, current, partition))
          .findFirst()
          .ifPresent(
              e -> {
                launches.add(start(current, partition, e.getKey()));
                current.waiting.remove(partition);
              });
    }
  }

  private boolean hasIdleCore() {
    return executors.values().stream().anyMatch(slots -> slots.free > 0);
  }

  /** Returns the executor with the most idle cores of those that suit a partition. */
  private Optional<ExecutorId> idlest(Stage current, int partition) {
    return executors.entrySet().stream()
        .filter(e -> e.getValue().free > 0 && !runs(e.getKey(), current, partition))
        .filter(e -> mayRunOn(e.getValue().workerId, current, partition))
        .max(Comparator.comparingInt(e -> e.getValue().free))
        .map(Map.Entry::getKey);
  }

  /** A partition does not go where it failed, as long as another worker can take it soon. */
  private boolean mayRunOn(String workerId, Stage current, int partition) {
    Set<String> failedOn = current.failedOn.getOrDefault(partition, Set.of());
    return !failedOn.contains(workerId)
        || executors.entrySet().stream()
            .filter(e -> !failedOn.contains(e.getValue().workerId))
            .noneMatch(e -> e.getValue().free > 0 || runsFor(current, e.getKey()));
  }

  /** Returns whether an executor has a core that will be idle when a task of this stage is done. */
  private boolean runsFor(Stage current, ExecutorId executor) {
    return running.values().stream()
        .anyMatch(t -> t.stage() == current && t.launch().executor().equals(executor));
  }

  private boolean runs(ExecutorId executor, Stage current, int partition) {
    return running.values().stream()
        .anyMatch(
            t ->
                t.stage() == current
                    && t.attempt().partition() == partition
                    && t.launch().executor().equals(executor));
  }

  private Launch start(Stage current, int partition, ExecutorId executor) {
    Slots slots = executors.get(executor);
    if (slots == null) {
      throw new IllegalArgumentException(
          "executor: " + executor + " (expected: one that is known)");
    }
    slots.free--;
    int number = current.attempts.getOrDefault(partition, current.tasks.firstAttempt());
    current.attempts.put(partition, number + 1);
    TaskDescription task =
        new TaskDescription(
            nextTaskId++,
            current.tasks.stage(),
            partition,
            number,
            Objects.requireNonNull(current.tasks.splits().get(partition)));
    Launch launch = new Launch(executor, task);
    Attempt attempt = new Attempt(task.stage(), partition, number, slots.workerId);
    running.put(task.taskId(), new Running(current, launch, attempt, nanoClock.getAsLong()));
    return launch;
  }

  /** Looks for tasks that take far longer than others did; to be called now and then. */
  void lookForSlowOnes() {
    Stage current = stage;
    if (current == null
        || current.completed.size() < DONE_BEFORE_SPECULATION * current.tasks.splits().size()
        || current.durations.isEmpty()) {
      return;
    }
    List<Long> sorted = current.durations.stream().sorted().toList();
    long slow = Math.max(leastSlowNanos, (long) (SLOW * sorted.get(sorted.size() / 2)));
    long now = nanoClock.getAsLong();
    for (Running task : running.values()) {
      int partition = task.attempt().partition();
      if (task.stage() == current && now - task.since() > slow && current.everSlow.add(partition)) {
        current.slow.add(partition);
        progress.taskSlow(task.attempt());
      }
    }
  }

  /** Takes in what an executor reports of a task. */
  void update(ExecutorId executor, long taskId, TaskOutcome outcome) {
    Running task = running.get(taskId);
    Slots slots = executors.get(executor);
    if (task == null || slots == null || !task.launch().executor().equals(executor)) {
      return;
    }
    if (outcome instanceof TaskOutcome.Running) {
      progress.taskRunning(task.attempt());
      return;
    }
    running.remove(taskId);
    slots.free++;
    if (task.stage() == stage) {
      take(task, task.stage(), outcome);
    } else {
      progress.taskLost(task.attempt()); // whatever it did: another attempt's output counts
    }
  }

  private void take(Running task, Stage current, TaskOutcome outcome) {
    if (current.completed.containsKey(task.attempt().partition())) {
      progress.taskLost(task.attempt()); // another attempt was done before
    } else if (outcome instanceof TaskOutcome.Failed failed) {
      fail(task, current, failed.error());
    } else if (outcome instanceof TaskOutcome.FetchFailed missing) {
      progress.taskFailed(task.attempt(), missing.error());
      current.missing = Optional.of(missing);
    } else if (outcome instanceof TaskOutcome.Killed) {
      var unused = repeat(task);
    } else {
      complete(task, current, outcome);
    }
  }

  private void complete(Running task, Stage current, TaskOutcome outcome) {
    int partition = task.attempt().partition();
    current.completed.put(partition, new CompletedTask(task.attempt(), outcome));
    current.durations.add(nanoClock.getAsLong() - task.since());
    current.waiting.remove(partition);
    current.slow.remove(partition);
    if (current.isDone()) {
      losses.remove(current.tasks.stage());
    }
    running.values().stream()
        .filter(t -> t.stage() == current && t.attempt().partition() == partition)
        .map(Running::launch)
        .forEach(redundant::add);
    progress.taskFinished(task.attempt());
  }

  private void fail(Running task, Stage current, String error) {
    Attempt attempt = task.attempt();
    progress.taskFailed(attempt, error);
    current.failedOn(attempt.partition()).add(attempt.workerId());
    if (current.failures.merge(attempt.partition(), 1, Integer::sum) < MAX_FAILURES) {
      var unused = waitAgain(task);
    } else if (current.failure.isEmpty()) {
      current.failure =
          Optional.of(
              "partition %d failed %d times, the last time on %s: %s"
                  .formatted(attempt.partition(), MAX_FAILURES, attempt.workerId(), error));
    }
  }

  /** Returns why the stage has failed, if it has. */
  Optional<String> failure() {
    return stage == null ? Optional.empty() : stage.failure;
  }

  /** Returns how the stage has ended, if it has, and has not failed. */
  Optional<StageEnd> end() {
    Stage current = stage;
    if (current == null) {
      return Optional.empty();
    }
    if (current.isDone()) {
      return Optional.of(
          new StageEnd.Done(List.copyOf(current.completed.values()), current.nextAttempt()));
    }
    return current.missing.map(
        missing ->
            new StageEnd.FetchFailed(
                List.copyOf(current.completed.values()), missing, lastEnd, current.nextAttempt()));
  }

  /** Returns attempts that run for nothing, once each: another one at the same was done before. */
  List<Launch> takeRedundant() {
    List<Launch> taken = List.copyOf(redundant);
    redundant.clear();
    return taken;
  }

  /**
   * Ends the stage.
   *
   * @return what of it is still running; until that has ended, it takes its executor's cores
   */
  List<Launch> abandon() {
    Stage current = stage;
    stage = null;
    return running.values().stream()
        .filter(task -> task.stage() == current)
        .map(Running::launch)
        .toList();
  }
}
