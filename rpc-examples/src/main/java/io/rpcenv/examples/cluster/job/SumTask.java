// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.job;

import java.math.BigInteger;

/**
 * Adds up the whole numbers of a range.
 *
 * @param from first number
 * @param until the number after the last
 */
public record SumTask(BigInteger from, BigInteger until) implements Task {

  @Override
  public TaskResult run() {
    // The schoolboy's formula (first + last) * count / 2, since a loop over all longs never ends.
    BigInteger count = until.subtract(from);
    BigInteger last = until.subtract(BigInteger.ONE);
    return new TaskResult.PartialSum(from.add(last).multiply(count).shiftRight(1));
  }
}
