// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.time.Duration;

/**
 * How {@code askWithRetry} repeats an ask. Only retriable failures are repeated, and of these only
 * the ones that certainly did not execute, unless the message is declared idempotent.
 *
 * @param attempts all tries, the first one included, from 1
 * @param interval pause between the end of one try and the start of the next; zero for none
 * @param attemptTimeout timeout of each single try; above zero
 * @param idempotent whether handling the message twice does no harm, so that tries which may have
 *     executed are repeated, too
 */
public record RetryPolicy(
    int attempts, Duration interval, Duration attemptTimeout, boolean idempotent) {

  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(3);
  private static final Duration DEFAULT_ATTEMPT_TIMEOUT = Duration.ofMinutes(2);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public RetryPolicy {
    Arguments.require("interval", interval, "zero or more");
    Arguments.require("attemptTimeout", attemptTimeout, "above zero");
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts: " + attempts + " (expected: at least 1)");
    }
    if (interval.isNegative()) {
      throw new IllegalArgumentException("interval: " + interval + " (expected: zero or more)");
    }
    if (attemptTimeout.isNegative() || attemptTimeout.isZero()) {
      throw new IllegalArgumentException(
          "attemptTimeout: " + attemptTimeout + " (expected: above zero)");
    }
  }

  /**
   * Returns a policy of so many tries, 3 s apart, each with 2 min, not idempotent.
   *
   * @param attempts all tries, the first one included, from 1
   * @return the policy
   * @throws IllegalArgumentException if attempts is below 1
   */
  public static RetryPolicy attempts(int attempts) {
    return new RetryPolicy(attempts, DEFAULT_INTERVAL, DEFAULT_ATTEMPT_TIMEOUT, false);
  }

  /**
   * Returns this policy with another pause between tries.
   *
   * @param pause zero for none
   * @return a new value
   * @throws IllegalArgumentException if negative
   */
  public RetryPolicy withInterval(Duration pause) {
    return new RetryPolicy(attempts, pause, attemptTimeout, idempotent);
  }

  /**
   * Returns this policy with another timeout for each single try.
   *
   * @param timeout above zero
   * @return a new value
   * @throws IllegalArgumentException if zero or negative
   */
  public RetryPolicy withAttemptTimeout(Duration timeout) {
    return new RetryPolicy(attempts, interval, timeout, idempotent);
  }

  /**
   * Returns this policy for a message that may be handled twice without harm.
   *
   * @return a new value
   */
  public RetryPolicy asIdempotent() {
    return new RetryPolicy(attempts, interval, attemptTimeout, true);
  }
}
