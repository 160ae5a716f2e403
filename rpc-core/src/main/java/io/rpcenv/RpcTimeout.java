// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * A duration, with the configuration key that controls it, so that a timeout that fires can say
 * what to change.
 *
 * @param duration how long to wait; above zero
 * @param key configuration key that controls it, or what else does
 * @param origin where the value comes from, such as {@code default} or {@code system property
 *     rpc.askTimeout}
 */
public record RpcTimeout(Duration duration, String key, String origin) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the duration is not above zero
   */
  public RpcTimeout {
    Objects.requireNonNull(duration, "duration");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(origin, "origin");
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("duration: " + duration + " (expected: above zero)");
    }
  }

  /**
   * Returns a timeout that the caller gave, controlled by no configuration key.
   *
   * @param duration how long to wait; above zero
   * @return the timeout
   * @throws IllegalArgumentException if the duration is not above zero
   */
  public static RpcTimeout of(Duration duration) {
    return of(duration, "the caller's timeout argument");
  }

  /**
   * Returns a timeout that something named controls.
   *
   * @param duration how long to wait; above zero
   * @param key configuration key that controls it
   * @return the timeout
   * @throws IllegalArgumentException if the duration is not above zero
   */
  public static RpcTimeout of(Duration duration, String key) {
    return new RpcTimeout(duration, key, "set in code");
  }

  /**
   * Returns the timeout that a known key holds.
   *
   * @param conf where to look
   * @param key a constant of {@link RpcConfKeys}
   * @return the timeout
   * @throws IllegalArgumentException if the key holds zero
   */
  public static RpcTimeout of(RpcConf conf, RpcConfKey<Duration> key) {
    throw new UnsupportedOperationException(conf + " " + key);
  }

  /**
   * Returns the timeout that a key holds, known or not.
   *
   * @param conf where to look
   * @param key name of the key
   * @return the timeout
   * @throws NoSuchElementException if the key is not set and has no default
   * @throws IllegalArgumentException if it holds no duration above zero
   */
  public static RpcTimeout of(RpcConf conf, String key) {
    throw new NoSuchElementException(conf + " " + key);
  }

  /**
   * Returns the timeout that a key holds, or a default.
   *
   * @param conf where to look
   * @param key name of the key
   * @param defaultValue duration to take if the key is not set; above zero
   * @return the timeout
   * @throws IllegalArgumentException if the duration is not above zero
   */
  public static RpcTimeout of(RpcConf conf, String key, Duration defaultValue) {
    return of(conf, List.of(key), defaultValue);
  }

  /**
   * Returns the timeout that the first key that is set holds, or a default named by the first key.
   *
   * @param conf where to look
   * @param keys names of keys, the most important first; at least one
   * @param defaultValue duration to take if none is set; above zero
   * @return the timeout
   * @throws IllegalArgumentException if there is no key, or if the duration is not above zero
   */
  public static RpcTimeout of(RpcConf conf, List<String> keys, Duration defaultValue) {
    throw new UnsupportedOperationException(conf + " " + keys + defaultValue);
  }

  /**
   * Returns what error texts say about this timeout, such as {@code controlled by rpc.askTimeout =
   * 120s (default)}.
   *
   * @return one phrase that has the key once
   */
  public String controlledBy() {
    return "controlled by "
        + key
        + " = "
        + ConfUnits.formatDuration(duration)
        + " ("
        + origin
        + ")";
  }

  /**
   * Waits for a future, at most this long. Blocks.
   *
   * <p>A failure of the future is thrown as it is if unchecked, so that a timeout that the future
   * itself met is named by its own key and not by this one.
   *
   * @param future what to wait for; not cancelled when the time is over
   * @param <T> type of the result
   * @return the result
   * @throws RpcTimeoutException if the time is over, naming the key
   * @throws RpcAbortedException if this thread is interrupted; its interrupt flag is then set
   * @throws java.util.concurrent.CancellationException if the future is cancelled
   * @throws java.util.concurrent.CompletionException around a checked failure of the future
   */
  public <T> T await(CompletableFuture<T> future) {
    throw new UnsupportedOperationException(future.toString());
  }
}
