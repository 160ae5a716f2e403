// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.executor;

import io.rpcenv.examples.cluster.protocol.TaskDescription;
import io.rpcenv.examples.cluster.protocol.TaskOutcome;
import java.io.IOException;

/** How a task's result gets to the driver. */
@FunctionalInterface
public interface Results {

  /** Every result goes by message: for tasks that run beside their driver. */
  Results BY_MESSAGE = (task, result) -> new TaskOutcome.Finished(result);

  /**
   * Returns what to report; may keep the result for the driver to fetch. On the task's thread.
   *
   * @param task whose result it is
   * @param result what the driver gets
   */
  TaskOutcome outcome(TaskDescription task, byte[] result) throws IOException;
}
