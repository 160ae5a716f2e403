// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import java.io.Serial;

/** Another attempt at this part may commit, this one may not: its output does not count. */
public final class CommitDeniedException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  CommitDeniedException(TaskContext task) {
    super("attempt " + task.attempt() + " at part " + task.partition() + " may not commit");
  }
}
