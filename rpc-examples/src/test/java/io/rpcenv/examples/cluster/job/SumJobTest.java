// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rpcenv.examples.cluster.data.InThisThread;
import io.rpcenv.examples.cluster.data.JobContext;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SumJobTest {

  @Test
  void addsOneToHundredInTwoHalves() throws Exception {
    assertThat(run(new SumJob(1, 100, 2))).isEqualTo(BigInteger.valueOf(5050));
    assertThat(new SumJob.Range(BigInteger.ONE, BigInteger.valueOf(51)).sum()).isEqualTo(1275);
  }

  @Test
  void spansAllOfLong() throws Exception {
    assertThat(run(new SumJob(Long.MIN_VALUE, Long.MAX_VALUE, 3)))
        .isEqualTo(BigInteger.valueOf(Long.MIN_VALUE));
  }

  @Test
  void doesNotOverflow() throws Exception {
    BigInteger max = BigInteger.valueOf(Long.MAX_VALUE);

    assertThat(run(new SumJob(1, Long.MAX_VALUE, 7)))
        .isEqualTo(max.multiply(max.add(BigInteger.ONE)).shiftRight(1));
  }

  @Test
  void mayHaveMorePartitionsThanNumbers() throws Exception {
    assertThat(run(new SumJob(-1, 1, 10))).isEqualTo(BigInteger.ZERO);
  }

  @Test
  void agreesWithALoop() throws Exception {
    Random random = new Random(20260101);
    for (int round = 0; round < 500; round++) {
      long from = random.nextInt(2001) - 1000L;
      long to = from + random.nextInt(3000);
      long expected = 0;
      for (long i = from; i <= to; i++) {
        expected += i;
      }
      SumJob job = new SumJob(from, to, 1 + random.nextInt(20));
      assertThat(run(job)).as("%s", job).isEqualTo(BigInteger.valueOf(expected));
    }
  }

  @Test
  void refusesAnEmptyRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SumJob(2, 1, 1))
        .withMessage("to: 1 (expected: at least 2)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SumJob(1, 2, 0))
        .withMessage("partitions: 0 (expected: at least 1)");
  }

  private static BigInteger run(SumJob job) throws Exception {
    return job.run(new JobContext(new InThisThread()));
  }
}
