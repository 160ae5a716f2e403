// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.examples.cluster.protocol.TaskOutcome;
import java.util.List;

/** How the tasks of a stage ended, unless the job failed. */
sealed interface StageEnd {

  /** Returns the partitions that are done, in their order. */
  List<CompletedTask> completed();

  /** Returns the number of the next attempt at any partition, should one have to be made. */
  int nextAttempt();

  /**
   * All are done.
   *
   * @param completed the partitions
   * @param nextAttempt see {@link #nextAttempt}
   */
  record Done(List<CompletedTask> completed, int nextAttempt) implements StageEnd {}

  /**
   * Some are not done: what they were to read of a shuffle has to be written again.
   *
   * @param completed the partitions that are done
   * @param missing what was not there
   * @param why what was said last of the end of an executor, for people; empty if nothing was
   * @param nextAttempt see {@link #nextAttempt}
   */
  record FetchFailed(
      List<CompletedTask> completed, TaskOutcome.FetchFailed missing, String why, int nextAttempt)
      implements StageEnd {}
}
