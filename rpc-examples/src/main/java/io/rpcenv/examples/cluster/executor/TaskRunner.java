// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.executor;

import io.rpcenv.RetryPolicy;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcException;
import io.rpcenv.RpcMessageTooLargeException;
import io.rpcenv.RpcSerializationException;
import io.rpcenv.examples.cluster.Failures;
import io.rpcenv.examples.cluster.data.CommitDeniedException;
import io.rpcenv.examples.cluster.data.StageWork;
import io.rpcenv.examples.cluster.data.TaskCodec;
import io.rpcenv.examples.cluster.data.TaskException;
import io.rpcenv.examples.cluster.protocol.DriverMessage.StatusUpdate;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.TaskDescription;
import io.rpcenv.examples.cluster.protocol.TaskOutcome;
import io.rpcenv.examples.cluster.storage.BlockId;
import io.rpcenv.plugin.ExecutorPlugins;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks on threads of their own and reports to the driver what becomes of them. */
public final class TaskRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);
  // A report that is repeated does no harm: the driver counts each task once.
  private static final RetryPolicy REPORTING =
      RetryPolicy.attempts(3)
          .withInterval(Duration.ofMillis(200))
          .withAttemptTimeout(Duration.ofSeconds(30))
          .asIdempotent();

  private final ExecutorId executor;
  private final RpcEndpointRef driver;
  private final ExecutorServices services;
  private final Consumer<String> onDriverLost;
  private final ExecutorService threads;
  private final Map<Long, Attempt> running = new ConcurrentHashMap<>();

  /**
   * Starts a runner.
   *
   * @param executor whose tasks it runs
   * @param cores how many at a time
   * @param driver whom to report to
   * @param services what the tasks find here
   * @param onDriverLost told why, when a report does not reach the driver; on any thread
   */
  public TaskRunner(
      ExecutorId executor,
      int cores,
      RpcEndpointRef driver,
      ExecutorServices services,
      Consumer<String> onDriverLost) {
    this.executor = executor;
    this.driver = driver;
    this.services = services;
    this.onDriverLost = onDriverLost;
    this.threads =
        Executors.newFixedThreadPool(
            cores,
            run -> {
              Thread thread = new Thread(run, "task-" + executor);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Runs a task as soon as a core is free. */
  public void launch(TaskDescription task) {
    Attempt attempt = new Attempt(task);
    running.put(task.taskId(), attempt);
    threads.execute(attempt);
  }

  /** Interrupts the task, if it has not ended yet; it then reports that it was killed. */
  public void kill(long taskId, String reason) {
    Attempt attempt = running.get(taskId);
    if (attempt != null) {
      LOG.info("Task {} is killed: {}", taskId, reason);
      attempt.kill();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** An attempt at a task: on its thread, or on the way there. */
  private final class Attempt implements Runnable {

    private final TaskDescription task;
    private @Nullable Thread thread;
    private boolean killed;

    Attempt(TaskDescription task) {
      this.task = task;
    }

    @Override
    public void run() {
      TaskOutcome outcome;
      try {
        outcome = begin() ? TaskRunner.this.run(task) : new TaskOutcome.Killed();
      } catch (Throwable e) { // of a failure in dealing with one: the driver waits for a word
        outcome = new TaskOutcome.Failed(e.getClass().getName());
      }
      if (end() && !isDone(outcome)) {
        outcome = new TaskOutcome.Killed(); // however that made itself felt
      }
      running.remove(task.taskId());
      report(task, outcome);
    }

    private synchronized boolean begin() {
      thread = killed ? null : Thread.currentThread();
      return !killed;
    }

    /** After this nobody interrupts the thread for this task's sake. Returns whether it was. */
    private synchronized boolean end() {
      thread = null;
      var unused = Thread.interrupted();
      return killed;
    }

    private static boolean isDone(TaskOutcome outcome) {
      return outcome instanceof TaskOutcome.Finished
          || outcome instanceof TaskOutcome.FinishedInFile;
    }

    synchronized void kill() {
      killed = true;
      if (thread != null) {
        thread.interrupt();
      }
    }
  }

  private TaskOutcome run(TaskDescription task) {
    report(task, new TaskOutcome.Running());
    LOG.info(
        "Task {} began: stage {}, partition {}, attempt {}",
        task.taskId(),
        task.stage(),
        task.partition(),
        task.attempt());
    TaskOutcome outcome = outcomeOf(task);
    LOG.info("Task {} ended", task.taskId());
    return outcome;
  }

  private TaskOutcome outcomeOf(TaskDescription task) {
    try {
      services.plugins().ifPresent(ExecutorPlugins::onTaskStart);
      TaskOutcome outcome = services.results().outcome(task, result(task));
      services.plugins().ifPresent(ExecutorPlugins::onTaskSucceeded);
      return outcome;
    } catch (Throwable e) { // whatever the application's code throws is the task's failure
      services.plugins().ifPresent(plugins -> plugins.onTaskFailed(e));
      return failure(task, e);
    }
  }

  /** An exception of the application's may fail to say what it is. */
  private static TaskOutcome failure(TaskDescription task, Throwable failure) {
    try {
      return describedFailure(task, TaskException.unwrap(failure));
    } catch (RuntimeException e) {
      return new TaskOutcome.Failed(
          failure.getClass().getName() + " (what it says cannot be had: " + e.getClass() + ")");
    }
  }

  private byte[] result(TaskDescription task) throws Exception {
    TaskCodec codec = services.codec();
    Thread.currentThread().setContextClassLoader(codec.application());
    byte[] work =
        services
            .blocks()
            .getAndKeep(new BlockId.BroadcastBlock(task.stage()))
            .orElseThrow(() -> new IOException("the work of stage " + task.stage() + " is gone"));
    StageWork decoded = (StageWork) codec.decodePresent(work);
    Serializable split = (Serializable) codec.decodePresent(task.split());
    return codec.encode(decoded.run(split, new ExecutorTaskContext(services, task)));
  }

  private static TaskOutcome describedFailure(TaskDescription task, Throwable cause) {
    if (cause instanceof CommitDeniedException) {
      LOG.info("Task {} ended: {}", task.taskId(), cause.getMessage());
      return new TaskOutcome.Killed();
    }
    LOG.warn("Task {} failed", task.taskId(), cause);
    return cause instanceof FetchFailedException lost
        ? new TaskOutcome.FetchFailed(
            lost.shuffle(), lost.map(), lost.executorId(), lost.toString())
        : new TaskOutcome.Failed(cause.toString());
  }

  private void report(TaskDescription task, TaskOutcome outcome) {
    StatusUpdate update = new StatusUpdate(executor, task.taskId(), outcome);
    var unused =
        driver
            .askWithRetry(update, REPORTING)
            .whenComplete(
                (accepted, failure) -> {
                  if (failure != null) {
                    notReported(task, failure);
                  }
                });
  }

  private void notReported(TaskDescription task, Throwable failure) {
    Throwable cause = Failures.cause(failure);
    if (cause instanceof RpcMessageTooLargeException
        || cause instanceof RpcSerializationException) {
      report(task, new TaskOutcome.Failed("the result cannot be sent: " + cause.getMessage()));
    } else if (cause instanceof RpcException e) {
      onDriverLost.accept("cannot report to the driver: " + e.getMessage());
    } else {
      LOG.error("Task {} was not reported", task.taskId(), cause);
    }
  }
}
