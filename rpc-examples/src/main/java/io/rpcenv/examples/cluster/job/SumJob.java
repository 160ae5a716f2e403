// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.job;

import io.rpcenv.examples.cluster.data.JobContext;
import io.rpcenv.examples.cluster.data.JobFailedException;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds up all whole numbers of a range. The range may span all of {@code long}; sums are {@link
 * BigInteger}s, so nothing overflows.
 *
 * @param from first number
 * @param to last number, at least {@code from}
 * @param partitions how many tasks, from 1; those beyond the size of the range are empty
 */
public record SumJob(long from, long to, int partitions) implements Job<BigInteger> {

  /** Checks the values. */
  public SumJob {
    if (to < from) {
      throw new IllegalArgumentException("to: " + to + " (expected: at least " + from + ")");
    }
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions: " + partitions + " (expected: at least 1)");
    }
  }

  @Override
  public String name() {
    return "sum(" + from + ".." + to + ")";
  }

  @Override
  public BigInteger run(JobContext context) throws JobFailedException, InterruptedException {
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      ranges.add(new Range(bound(i), bound(i + 1)));
    }
    return context.parallelize(ranges, partitions).map(Range::sum).collect().stream()
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /**
   * The numbers of one task.
   *
   * @param from first number
   * @param until the number after the last
   */
  record Range(BigInteger from, BigInteger until) implements Serializable {
    BigInteger sum() {
      // The schoolboy's formula (first + last) * count / 2: a loop over all longs never ends.
      BigInteger count = until.subtract(from);
      BigInteger last = until.subtract(BigInteger.ONE);
      return from.add(last).multiply(count).shiftRight(1);
    }
  }

  /** Returns where partition {@code i} begins: {@code from + size * i / partitions}. */
  private BigInteger bound(int i) {
    BigInteger first = BigInteger.valueOf(from);
    BigInteger size = BigInteger.valueOf(to).subtract(first).add(BigInteger.ONE);
    return size.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(partitions)).add(first);
  }
}
