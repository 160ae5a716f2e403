// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long a worker waits before it tries to register again. Each pause is drawn at random between
 * half and one and a half of its nominal length, so that the workers of a restarted master do not
 * all come in the same moment.
 */
final class Backoff {

  static final int QUICK_ATTEMPTS = 6;
  static final int ALL_ATTEMPTS = 16;

  private final Duration quick;
  private final Duration slow;
  private final RandomGenerator random;

  /**
   * Makes a schedule.
   *
   * @param quick nominal pause between the first {@link #QUICK_ATTEMPTS} attempts
   * @param slow nominal pause between the others
   * @param random where the jitter comes from
   */
  Backoff(Duration quick, Duration slow, RandomGenerator random) {
    this.quick = quick;
    this.slow = slow;
    this.random = random;
  }

  /**
   * Returns how long to wait after so many failed attempts; empty if it is time to give up. None
   * failed: the pause before a worker that lost its master comes back.
   */
  Optional<Duration> pauseAfter(int failures) {
    if (failures >= ALL_ATTEMPTS) {
      return Optional.empty();
    }
    Duration nominal = failures < QUICK_ATTEMPTS ? quick : slow;
    long nanos = nominal.toNanos();
    return Optional.of(Duration.ofNanos(random.nextLong(nanos / 2, nanos / 2 + nanos)));
  }
}
