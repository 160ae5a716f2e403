// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.job;

import java.util.List;

/**
 * A piece of work that can be split.
 *
 * @param <R> what comes out in the end
 */
public sealed interface Job<R> permits SumJob, WordCountJob {

  /** Returns what to call it. */
  String name();

  /** Splits it: one task per partition, in order. */
  List<Task> tasks();

  /**
   * Puts the parts together.
   *
   * @param parts the result of each task, in the order of {@link #tasks()}
   */
  R merge(List<TaskResult> parts);
}
