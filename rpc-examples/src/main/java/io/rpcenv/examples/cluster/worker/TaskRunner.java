// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import io.rpcenv.RetryPolicy;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcException;
import io.rpcenv.RpcMessageTooLargeException;
import io.rpcenv.RpcSerializationException;
import io.rpcenv.examples.cluster.Failures;
import io.rpcenv.examples.cluster.protocol.DriverMessage.StatusUpdate;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.TaskDescription;
import io.rpcenv.examples.cluster.protocol.TaskOutcome;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks on threads of their own and reports to the driver what becomes of them. */
final class TaskRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);
  // A report that is repeated does no harm: the driver counts each task once.
  private static final RetryPolicy REPORTING =
      RetryPolicy.attempts(3)
          .withInterval(Duration.ofMillis(200))
          .withAttemptTimeout(Duration.ofSeconds(30))
          .asIdempotent();

  private final ExecutorId executor;
  private final RpcEndpointRef driver;
  private final Consumer<String> onDriverLost;
  private final ExecutorService threads;
  private final Map<Long, Future<?>> running = new ConcurrentHashMap<>();

  /**
   * Starts a runner.
   *
   * @param executor whose tasks it runs
   * @param cores how many at a time
   * @param driver whom to report to
   * @param onDriverLost told why, when a report does not reach the driver; on any thread
   */
  TaskRunner(ExecutorId executor, int cores, RpcEndpointRef driver, Consumer<String> onDriverLost) {
    this.executor = executor;
    this.driver = driver;
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

  void launch(TaskDescription task) {
    FutureTask<?> future = new FutureTask<>(() -> run(task), task);
    running.put(task.taskId(), future);
    threads.execute(future);
  }

  /** Interrupts the task, if it has not ended yet; it then reports that it was killed. */
  void kill(long taskId, String reason) {
    Future<?> future = running.get(taskId);
    if (future != null) {
      LOG.info("Task {} is killed: {}", taskId, reason);
      future.cancel(true);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void run(TaskDescription task) {
    report(task, new TaskOutcome.Running());
    LOG.info(
        "Task {} began: partition {}, attempt {}", task.taskId(), task.partition(), task.attempt());
    TaskOutcome outcome = outcomeOf(task);
    running.remove(task.taskId());
    LOG.info("Task {} ended", task.taskId());
    report(task, outcome);
  }

  private static TaskOutcome outcomeOf(TaskDescription task) {
    try {
      return new TaskOutcome.Finished(task.task().run());
    } catch (InterruptedException | ClosedByInterruptException e) {
      return new TaskOutcome.Killed();
    } catch (Exception | OutOfMemoryError | StackOverflowError e) {
      LOG.warn("Task {} failed", task.taskId(), e);
      return new TaskOutcome.Failed(e.toString());
    }
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
