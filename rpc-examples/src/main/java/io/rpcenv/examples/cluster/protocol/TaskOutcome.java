// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

import io.rpcenv.examples.cluster.job.TaskResult;

/** What became of an attempt at a task. */
public sealed interface TaskOutcome {

  /** It has begun. */
  record Running() implements TaskOutcome {}

  /**
   * It is done.
   *
   * @param result its part of the job's result
   */
  record Finished(TaskResult result) implements TaskOutcome {}

  /**
   * It failed.
   *
   * @param error what went wrong, for people
   */
  record Failed(String error) implements TaskOutcome {}

  /** It was stopped by {@code KillTask}. */
  record Killed() implements TaskOutcome {}
}
