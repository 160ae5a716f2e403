// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.job;

/** One partition of a job, as data that can be sent to whoever does the work. */
public sealed interface Task permits SumTask, WordCountTask {

  /**
   * Does the work, on the calling thread. May be run several times, by several executors.
   *
   * @throws InterruptedException if the thread is interrupted, which is how a task is killed
   * @throws Exception what went wrong
   */
  TaskResult run() throws Exception;
}
