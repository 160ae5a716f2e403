// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.job;

import io.rpcenv.examples.cluster.data.JobContext;
import io.rpcenv.examples.cluster.data.JobFailedException;
import java.io.IOException;

/**
 * A job of the examples' own.
 *
 * @param <R> what comes out in the end
 */
public sealed interface Job<R> permits SumJob, WordCountJob, IndexJob, PiJob {

  /** Returns what to call it. */
  String name();

  /**
   * Runs it; blocks until it has ended.
   *
   * @throws JobFailedException if it came to nothing
   * @throws IOException if what it reads is not there
   */
  R run(JobContext context) throws JobFailedException, InterruptedException, IOException;
}
