// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.rpcenv.examples.cluster.data.InThisThread;
import io.rpcenv.examples.cluster.data.JobContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PiJobTest {

  private static double run(long samples, int partitions, long seed) throws Exception {
    return new PiJob(samples, partitions, seed).run(new JobContext(new InThisThread()));
  }

  /** The standard error of a million samples is 0.0016. */
  @Test
  void manyPointsAreNearPi() throws Exception {
    assertThat(run(1_000_000, 4, 1)).isCloseTo(Math.PI, within(0.01));
    assertThat(run(1_000_000, 4, 7)).isCloseTo(Math.PI, within(0.01));
  }

  @Test
  void theSeedDecides() throws Exception {
    assertThat(run(10_007, 3, 5)).isEqualTo(run(10_007, 3, 5)).isNotEqualTo(run(10_007, 3, 6));
  }

  @Test
  void everySampleIsTaken() throws Exception {
    assertThat(run(1, 4, 1)).as("one point, in the circle or not").isIn(0.0, 4.0);
    assertThat(run(3, 2, 1) * 3 / 4).isIn(0.0, 1.0, 2.0, 3.0);
  }

  @Test
  void withoutSamplesThereIsNoJob() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PiJob(0, 1, 1))
        .withMessage("samples: 0 (expected: at least 1)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PiJob(1, 0, 1))
        .withMessage("partitions: 0 (expected: at least 1)");
  }
}
