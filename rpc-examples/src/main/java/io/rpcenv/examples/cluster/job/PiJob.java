// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.job;

import io.rpcenv.examples.cluster.data.JobContext;
import io.rpcenv.examples.cluster.data.JobFailedException;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * Estimates pi by the Monte-Carlo method: of points at random in a square, as many as pi to four
 * lie in the circle that fits in.
 *
 * @param samples how many points, from 1
 * @param partitions in how many tasks, from 1
 * @param seed where the random numbers begin; the same seed gives the same result
 */
public record PiJob(long samples, int partitions, long seed) implements Job<Double> {

  /** Checks the values. */
  public PiJob {
    if (samples < 1) {
      throw new IllegalArgumentException("samples: " + samples + " (expected: at least 1)");
    }
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions: " + partitions + " (expected: at least 1)");
    }
  }

  @Override
  public String name() {
    return "pi(" + samples + ")";
  }

  @Override
  public Double run(JobContext context) throws JobFailedException, InterruptedException {
    long each = samples / partitions;
    long more = samples % partitions;
    long start = seed;
    long inside =
        context
            .parallelize(LongStream.range(0, partitions).boxed().toList(), partitions)
            .sum(part -> inside(start + part, each + (part < more ? 1 : 0)));
    return 4.0 * inside / samples;
  }

  private static long inside(long seed, long samples) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    long inside = 0;
    for (long i = 0; i < samples; i++) {
      double x = random.nextDouble();
      double y = random.nextDouble();
      if (x * x + y * y <= 1) {
        inside++;
      }
      if ((i & 0xFFFF) == 0 && Thread.interrupted()) {
        throw new InterruptedException("the task was killed");
      }
    }
    return inside;
  }
}
