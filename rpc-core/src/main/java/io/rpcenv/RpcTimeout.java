// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A duration, with the configuration key that controls it, so that a timeout that fires can say
 * what to change.
 *
 * @param duration how long to wait; above zero
 * @param key configuration key that controls it, or what else does
 * @param origin where the value comes from, such as {@code default} or {@code system property}
 */
public record RpcTimeout(Duration duration, String key, String origin) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is null or the duration is not above zero
   */
  public RpcTimeout {
    Arguments.require("duration", duration, "above zero");
    Arguments.require("key", key, "what controls the duration");
    Arguments.require("origin", origin, "where the duration comes from");
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
    return new RpcTimeout(duration, "timeout argument", "per call");
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
    RpcConfOrigin origin = requireConf(conf).origin(key);
    return new RpcTimeout(conf.get(key), origin.key(), origin.place());
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
    Optional<RpcTimeout> set = ifSet(requireConf(conf), key);
    return set.or(() -> ConfNames.known(key).map(known -> of(conf, durationKey(known))))
        .orElseThrow(() -> new NoSuchElementException("Timeout key [" + key + "] is not set"));
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
    return of(conf, List.of(RpcConf.requireKey(key)), defaultValue);
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
    requireConf(conf);
    Arguments.require("keys", keys, "names of keys");
    Arguments.require("defaultValue", defaultValue, "above zero");
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("keys: [] (expected: at least one)");
    }
    return Stream.concat(
            keys.stream().flatMap(key -> ifSet(conf, key).stream()),
            keys.stream().flatMap(key -> ifFallbackSet(conf, key).stream()))
        .findFirst()
        .orElseGet(() -> new RpcTimeout(defaultValue, keys.get(0), "default"));
  }

  private static RpcConf requireConf(@Nullable RpcConf conf) {
    return Arguments.require("conf", conf, "a configuration");
  }

  private static Optional<RpcTimeout> ifSet(RpcConf conf, String key) {
    ConfType<Duration> type =
        ConfNames.known(RpcConf.requireKey(key))
            .map(known -> durationKey(known).type())
            .orElseGet(ConfTypes::durationAboveZero);
    return conf.setting(key)
        .map(s -> new RpcTimeout(s.read(type), s.origin().key(), s.origin().place()));
  }

  private static Optional<RpcTimeout> ifFallbackSet(RpcConf conf, String key) {
    return ConfNames.known(key)
        .filter(known -> conf.setting(known).isPresent())
        .map(known -> of(conf, durationKey(known)));
  }

  @SuppressWarnings("unchecked") // the class of its values is Duration
  private static RpcConfKey<Duration> durationKey(RpcConfKey<?> key) {
    if (key.valueClass() != Duration.class) {
      throw new IllegalArgumentException("key: " + key + " (expected: a key for a duration)");
    }
    return (RpcConfKey<Duration>) key;
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
   * @param <T> type of the result, which may be null
   * @return the result
   * @throws RpcTimeoutException if the time is over, naming the key
   * @throws RpcAbortedException if this thread is interrupted; its interrupt flag is then set
   * @throws java.util.concurrent.CancellationException if the future is cancelled
   * @throws java.util.concurrent.CompletionException around a checked failure of the future
   */
  public <T extends @Nullable Object> T await(CompletableFuture<T> future) {
    Arguments.require("future", future, "what to wait for");
    try {
      return future.get(nanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      String text = "Timed out waiting for a result, " + controlledBy();
      RpcTimeoutException timedOut = new RpcTimeoutException(text, true);
      timedOut.fillInStackTrace();
      throw timedOut;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RpcAbortedException(e, true);
    } catch (ExecutionException e) {
      throw unchecked(e);
    }
  }

  private long nanos() {
    try {
      return duration.toNanos();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  private static RuntimeException unchecked(ExecutionException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof RpcTimeoutException timedOut && timedOut.getStackTrace().length == 0) {
      timedOut.fillInStackTrace(); // who waited is known only here
    }
    return cause instanceof RuntimeException unchecked ? unchecked : new CompletionException(cause);
  }
}
