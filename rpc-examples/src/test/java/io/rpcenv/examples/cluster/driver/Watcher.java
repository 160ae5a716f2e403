// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what happens to a job. */
class Watcher implements JobProgress {

  final List<String> stages = new CopyOnWriteArrayList<>();
  final List<Attempt> running = new CopyOnWriteArrayList<>();
  final List<Attempt> finished = new CopyOnWriteArrayList<>();
  final List<Attempt> failed = new CopyOnWriteArrayList<>();
  final List<Attempt> lost = new CopyOnWriteArrayList<>();
  final List<Attempt> slow = new CopyOnWriteArrayList<>();

  @Override
  public void stageBegan(TaskSet tasks) {
    stages.add(tasks.name());
  }

  @Override
  public void taskRunning(Attempt attempt) {
    running.add(attempt);
  }

  @Override
  public void taskFinished(Attempt attempt) {
    finished.add(attempt);
  }

  @Override
  public void taskFailed(Attempt attempt, String error) {
    failed.add(attempt);
  }

  @Override
  public void taskLost(Attempt attempt) {
    lost.add(attempt);
  }

  @Override
  public void taskSlow(Attempt attempt) {
    slow.add(attempt);
  }
}
