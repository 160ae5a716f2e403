// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the tasks of stages, wherever; what a job needs of the cluster. */
public interface StageRunner {

  /**
   * Runs all tasks of a stage and blocks until they have succeeded. What the stage reads of a
   * shuffle has been written by then; what is lost of it meanwhile is written again.
   *
   * @param work the tasks
   * @return what each task brought back, in the order of the parts
   * @throws JobFailedException if a task failed too often
   * @throws InterruptedException if this thread is interrupted; running tasks are killed
   */
  List<@Nullable Object> run(StageWork work) throws JobFailedException, InterruptedException;

  /** Returns a number that no data set or shuffle of this application has had. */
  int nextId();

  /** Forgets what executors keep of a data set. */
  void uncache(int datasetId);

  /** Forgets where the state of a stream is. */
  void endState(int store);

  /** Forgets what executors keep for shuffles. */
  void forgetShuffles();
}
