// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

/** Passes on what happens, and lets another attempt commit in place of one that has failed. */
final class CommitProgress implements JobProgress {

  private final JobProgress next;
  private final DriverServices services;

  CommitProgress(JobProgress next, DriverServices services) {
    this.next = next;
    this.services = services;
  }

  @Override
  public void applicationRegistered(String appId) {
    next.applicationRegistered(appId);
  }

  @Override
  public void executorAdded(String workerId) {
    next.executorAdded(workerId);
  }

  @Override
  public void executorLost(String workerId, String why) {
    next.executorLost(workerId, why);
  }

  @Override
  public void executorEnded(String executorId, String why) {
    next.executorEnded(executorId, why);
  }

  @Override
  public void stageBegan(TaskSet tasks) {
    next.stageBegan(tasks);
  }

  @Override
  public void taskRunning(Attempt attempt) {
    next.taskRunning(attempt);
  }

  @Override
  public void taskFinished(Attempt attempt) {
    next.taskFinished(attempt);
  }

  @Override
  public void taskFailed(Attempt attempt, String error) {
    services.attemptFailed(attempt);
    next.taskFailed(attempt, error);
  }

  @Override
  public void taskLost(Attempt attempt) {
    services.attemptFailed(attempt);
    next.taskLost(attempt);
  }

  @Override
  public void taskSlow(Attempt attempt) {
    next.taskSlow(attempt);
  }
}
