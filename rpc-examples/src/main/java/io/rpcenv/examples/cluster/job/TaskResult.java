// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.job;

import java.math.BigInteger;
import java.util.Map;

/** What a task brings back. */
public sealed interface TaskResult {

  /**
   * The sum of one range.
   *
   * @param sum the sum, of any size
   */
  record PartialSum(BigInteger sum) implements TaskResult {}

  /**
   * The words of one part of a file.
   *
   * @param counts how often each word occurs
   */
  record PartialCounts(Map<String, Long> counts) implements TaskResult {}
}
