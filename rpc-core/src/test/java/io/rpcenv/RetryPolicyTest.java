// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RetryPolicyTest {

  @Test
  void countsAllTriesAndIsNotIdempotentUnlessSaid() {
    RetryPolicy policy = RetryPolicy.attempts(3);
    assertThat(policy)
        .isEqualTo(new RetryPolicy(3, Duration.ofSeconds(3), Duration.ofSeconds(120), false));
    assertThat(policy.asIdempotent().idempotent()).isTrue();
    assertThat(policy.withInterval(Duration.ZERO).interval()).isZero();
    assertThat(policy.withAttemptTimeout(Duration.ofMillis(5)).attemptTimeout()).hasMillis(5);
    assertThat(
            policy
                .asIdempotent()
                .withInterval(Duration.ZERO)
                .withAttemptTimeout(Duration.ofDays(1)))
        .isEqualTo(new RetryPolicy(3, Duration.ZERO, Duration.ofDays(1), true));
  }

  @Test
  void refusesValuesOutOfRange() {
    RetryPolicy policy = RetryPolicy.attempts(1);
    assertThatThrownBy(() -> RetryPolicy.attempts(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("attempts: 0 (expected: at least 1)");
    assertThatThrownBy(() -> policy.withInterval(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("interval: PT-0.001S (expected: zero or more)");
    assertThatThrownBy(() -> policy.withAttemptTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("attemptTimeout: PT0S (expected: above zero)");
    assertThatThrownBy(() -> policy.withAttemptTimeout(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
