// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class BackoffTest {

  private final Backoff backoff =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), new Random(7));

  @Test
  void pausesAreSpreadAroundTheirNominalLength() {
    Set<Duration> seen = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      Duration pause = backoff.pauseAfter(0).orElseThrow();
      assertThat(pause).isBetween(Duration.ofMillis(500), Duration.ofMillis(1500));
      seen.add(pause);
    }
    assertThat(seen).hasSizeGreaterThan(100);
  }

  @Test
  void laterPausesAreLonger() {
    assertThat(backoff.pauseAfter(Backoff.QUICK_ATTEMPTS - 1).orElseThrow())
        .isLessThanOrEqualTo(Duration.ofMillis(1500));
    assertThat(backoff.pauseAfter(Backoff.QUICK_ATTEMPTS).orElseThrow())
        .isGreaterThanOrEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void givesUpInTheEnd() {
    assertThat(backoff.pauseAfter(Backoff.ALL_ATTEMPTS - 1)).isPresent();
    assertThat(backoff.pauseAfter(Backoff.ALL_ATTEMPTS)).isEmpty();
  }
}
