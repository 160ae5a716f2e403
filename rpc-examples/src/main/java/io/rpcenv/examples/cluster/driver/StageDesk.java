// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.examples.cluster.data.JobFailedException;
import io.rpcenv.examples.cluster.data.JobFailedException.Reason;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Where a driver's endpoint takes in stages and gives out their tasks; what {@link DriverEndpoint}
 * and {@link LocalEndpoint} have in common. For one endpoint's thread.
 */
final class StageDesk {

  private final TaskScheduler scheduler;
  private final Tasks tasks;
  private @Nullable CompletableFuture<StageEnd> waiting;
  private Optional<JobFailedException> closed = Optional.empty();

  /** Brings tasks to where they run. */
  interface Tasks {
    /** Has it run. */
    void launch(TaskScheduler.Launch task);

    /** Nobody needs it any more. */
    void kill(TaskScheduler.Launch task, String why);
  }

  /**
   * A stage is to be run. Its sender gets the end, or a {@link JobFailedException}.
   *
   * @param tasks what to run
   * @param end completed on the endpoint's thread
   */
  record RunStage(TaskSet tasks, CompletableFuture<StageEnd> end) {}

  /**
   * Nobody waits for the stage any more.
   *
   * @param end which one, see {@link RunStage}
   */
  record CancelStage(CompletableFuture<StageEnd> end) {}

  StageDesk(TaskScheduler scheduler, Tasks tasks) {
    this.scheduler = scheduler;
    this.tasks = tasks;
  }

  void run(RunStage m) {
    if (closed.isPresent()) {
      m.end().completeExceptionally(closed.get());
    } else if (waiting != null) {
      m.end().completeExceptionally(new IllegalStateException("another stage is being run"));
    } else {
      waiting = m.end();
      scheduler.begin(m.tasks());
    }
  }

  void cancel(CancelStage m) {
    if (m.end() == waiting) { // the very one
      fail(new JobFailedException(Reason.CANCELLED, "the job was cancelled"));
    }
  }

  /** Does what follows from the news: ends the stage, or gives out tasks. */
  void advance(boolean mayLaunch) {
    Optional<StageEnd> end = scheduler.end();
    Optional<String> failure = scheduler.failure();
    if (end.isPresent()) {
      CompletableFuture<StageEnd> done = finish("the stage is over");
      if (done != null) {
        done.complete(end.get());
      }
    } else if (failure.isPresent()) {
      fail(new JobFailedException(Reason.TASK_FAILED, failure.get()));
    } else if (mayLaunch) {
      scheduler
          .takeRedundant()
          .forEach(task -> tasks.kill(task, "another attempt was done before"));
      scheduler.assign().forEach(tasks::launch);
    }
  }

  /** Fails the stage that is being run, if there is one. */
  void fail(JobFailedException failure) {
    CompletableFuture<StageEnd> failed = finish("the job has failed");
    if (failed != null) {
      failed.completeExceptionally(failure);
    }
  }

  /** Fails the stage that is being run, and every one that is to come. */
  void close(JobFailedException failure) {
    if (closed.isEmpty()) {
      closed = Optional.of(failure);
    }
    fail(failure);
  }

  boolean isClosed() {
    return closed.isPresent();
  }

  private @Nullable CompletableFuture<StageEnd> finish(String why) {
    scheduler.abandon().forEach(task -> tasks.kill(task, why));
    var unused = scheduler.takeRedundant(); // they were among these
    CompletableFuture<StageEnd> ended = waiting;
    waiting = null;
    return ended;
  }
}
