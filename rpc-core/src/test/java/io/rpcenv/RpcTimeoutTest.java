// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** RPC-06 and RPC-07: timeouts come from configuration and name their key, once. */
@Timeout(10)
class RpcTimeoutTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration SHORT = Duration.ofMillis(1);

  private static RpcConf conf(String... keysAndValues) {
    RpcConf.Builder builder = RpcConf.builder();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      builder.set(keysAndValues[i], keysAndValues[i + 1]);
    }
    return builder.build();
  }

  /** RPC-07 */
  @Test
  void aKnownKeyGivesItsValueOrDefault() {
    assertThat(RpcTimeout.of(conf(), RpcConfKeys.ASK_TIMEOUT))
        .isEqualTo(new RpcTimeout(Duration.ofMinutes(2), "rpc.askTimeout", "default"));
    assertThat(RpcTimeout.of(conf(), "rpc.askTimeout"))
        .isEqualTo(RpcTimeout.of(conf(), RpcConfKeys.ASK_TIMEOUT));
    RpcConf set = RpcConf.builder().map(Map.of("rpc.lookupTimeout", "1")).build();
    assertThat(RpcTimeout.of(set, RpcConfKeys.LOOKUP_TIMEOUT))
        .isEqualTo(new RpcTimeout(SECOND, "rpc.lookupTimeout", "map"))
        .isEqualTo(RpcTimeout.of(set, "rpc.lookupTimeout"))
        .isEqualTo(RpcTimeout.of(set, "spark.rpc.lookupTimeout"));
  }

  /** RPC-07: the key that is named is the one that was set. */
  @Test
  void anAliasOrAFallBackIsNamedAsItWasSet() {
    assertThat(RpcTimeout.of(conf("spark.rpc.askTimeout", "1s"), RpcConfKeys.ASK_TIMEOUT))
        .isEqualTo(new RpcTimeout(SECOND, "spark.rpc.askTimeout", "builder"));
    RpcConf network = conf("spark.network.timeout", "1s");
    RpcTimeout expected = new RpcTimeout(SECOND, "spark.network.timeout", "builder");
    assertThat(RpcTimeout.of(network, RpcConfKeys.ASK_TIMEOUT)).isEqualTo(expected);
    assertThat(RpcTimeout.of(network, RpcConfKeys.LOOKUP_TIMEOUT)).isEqualTo(expected);
    assertThat(RpcTimeout.of(network, "rpc.askTimeout")).isEqualTo(expected);
    assertThat(RpcTimeout.of(network, "rpc.askTimeout", SHORT)).isEqualTo(expected);
    assertThat(RpcTimeout.of(network, "spark.network.timeout")).isEqualTo(expected);
  }

  /** RPC-07 */
  @Test
  void aMissingKeyIsAnErrorThatNamesIt() {
    assertThatThrownBy(() -> RpcTimeout.of(conf(), "my.timeout"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("Timeout key [my.timeout] is not set");
  }

  /** RPC-07 */
  @Test
  void aDefaultStandsInForAMissingKey() {
    assertThat(RpcTimeout.of(conf(), "my.timeout", SECOND))
        .isEqualTo(new RpcTimeout(SECOND, "my.timeout", "default"));
    assertThat(RpcTimeout.of(conf("my.timeout", "5"), "my.timeout", SECOND))
        .isEqualTo(new RpcTimeout(Duration.ofSeconds(5), "my.timeout", "builder"));
    assertThat(RpcTimeout.of(conf(), "rpc.askTimeout", SECOND).duration()).isEqualTo(SECOND);
  }

  /** RPC-07 */
  @Test
  void ofSeveralKeysTheFirstThatIsSetWins() {
    List<String> keys = List.of("my.timeout", "rpc.askTimeout", "your.timeout");
    assertThat(RpcTimeout.of(conf(), keys, SECOND))
        .isEqualTo(new RpcTimeout(SECOND, "my.timeout", "default"));
    assertThat(RpcTimeout.of(conf("your.timeout", "5s"), keys, SECOND).key())
        .isEqualTo("your.timeout");
    RpcConf two = conf("your.timeout", "5s", "rpc.askTimeout", "6s");
    assertThat(RpcTimeout.of(two, keys, SECOND))
        .isEqualTo(new RpcTimeout(Duration.ofSeconds(6), "rpc.askTimeout", "builder"));
    RpcConf three = conf("your.timeout", "5s", "rpc.askTimeout", "6s", "my.timeout", "7s");
    assertThat(RpcTimeout.of(three, keys, SECOND).duration()).hasSeconds(7);
    RpcConf fallback = conf("your.timeout", "5s", "spark.network.timeout", "6s");
    assertThat(RpcTimeout.of(fallback, keys, SECOND).key()).isEqualTo("your.timeout");
    assertThatThrownBy(() -> RpcTimeout.of(conf(), List.of(), SECOND))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("keys: [] (expected: at least one)");
  }

  @Test
  void onlyPositiveDurationsAreTimeouts() {
    assertThatThrownBy(() -> RpcTimeout.of(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("duration: PT0S (expected: above zero)");
    assertThatThrownBy(() -> RpcTimeout.of(SECOND.negated(), "rpc.askTimeout"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RpcTimeout.of(conf("my.timeout", "0"), "my.timeout"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("my.timeout: 0 (expected: a duration above 0");
    assertThatThrownBy(() -> RpcTimeout.of(conf("rpc.retry.wait", "0"), RpcConfKeys.RETRY_WAIT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RpcTimeout.of(conf(), "rpc.numRetries"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("key: rpc.numRetries (expected: a key for a duration)");
  }

  /** RPC-06, B1: golden texts. */
  @Test
  void saysWhatControlsItAndWhereThatComesFrom() {
    assertThat(RpcTimeout.of(conf(), RpcConfKeys.ASK_TIMEOUT).controlledBy())
        .isEqualTo("controlled by rpc.askTimeout = 120s (default)");
    RpcConf environment =
        RpcConf.builder().environment(Map.of("RPCENV_RPC_ASKTIMEOUT", "1500ms")).build();
    assertThat(RpcTimeout.of(environment, RpcConfKeys.ASK_TIMEOUT).controlledBy())
        .isEqualTo(
            "controlled by rpc.askTimeout = 1500ms (environment variable RPCENV_RPC_ASKTIMEOUT)");
    assertThat(RpcTimeout.of(SECOND, "rpc.askTimeout").controlledBy())
        .isEqualTo("controlled by rpc.askTimeout = 1s (set in code)");
    assertThat(RpcTimeout.of(SECOND).controlledBy())
        .isEqualTo("controlled by timeout argument = 1s (per call)");
  }

  /** RPC-06, SPARK-6980: the key is named; SPARK-10334: nothing uninterpolated, nothing empty. */
  @Test
  void aTimeoutNamesItsKeyOnce() {
    RpcTimeout timeout = RpcTimeout.of(conf("rpc.askTimeout", "1ms"), RpcConfKeys.ASK_TIMEOUT);
    CompletableFuture<String> never = new CompletableFuture<>();
    assertThatThrownBy(() -> timeout.await(never))
        .isInstanceOfSatisfying(
            RpcTimeoutException.class,
            e -> {
              assertThat(e.mayHaveExecuted()).isTrue();
              assertThat(e.getStackTrace()[0].getMethodName()).isEqualTo("await");
            })
        .hasMessage("Timed out waiting for a result, controlled by rpc.askTimeout = 1ms (builder)");
    assertThat(never).isNotDone();
  }

  /** RPC-06, SPARK-6980: a future that met its own timeout keeps it, whoever awaits it. */
  @Test
  void anEarlierTimeoutIsRethrownUnchanged() {
    RpcTimeoutException own =
        new RpcTimeoutException("Timed out, controlled by rpc.askTimeout = 1ms (map)", true);
    CompletableFuture<String> ask = CompletableFuture.failedFuture(own);
    RpcTimeout other = RpcTimeout.of(SECOND, "rpc.lookupTimeout");
    assertThat(catchThrowable(() -> other.await(ask))).isSameAs(own);
    StackTraceElement[] stack = own.getStackTrace();
    assertThat(stack).extracting(StackTraceElement::getMethodName).contains("await");
    CompletableFuture<Integer> dependent = ask.thenApply(String::length);
    assertThat(catchThrowable(() -> other.await(dependent))).isSameAs(own);
    assertThat(own.getStackTrace()).as("of who waited first").isEqualTo(stack);
    assertThat(own.getMessage()).doesNotContain("lookupTimeout").containsOnlyOnce("askTimeout");
  }

  @Test
  void aResultIsReturnedNullIncluded() {
    RpcTimeout timeout = RpcTimeout.of(SECOND);
    assertThat(timeout.await(CompletableFuture.completedFuture("yes"))).isEqualTo("yes");
    assertThat(timeout.await(CompletableFuture.<Object>completedFuture(null))).isNull();
    RpcTimeout centuries = RpcTimeout.of(Duration.ofSeconds(Long.MAX_VALUE));
    assertThat(centuries.await(CompletableFuture.completedFuture("yes"))).isEqualTo("yes");
  }

  @Test
  void failuresKeepTheirTypeIfUnchecked() {
    RpcTimeout timeout = RpcTimeout.of(SECOND);
    RuntimeException unchecked = new IllegalStateException("no");
    assertThat(catchThrowable(() -> timeout.await(CompletableFuture.failedFuture(unchecked))))
        .isSameAs(unchecked);
    Error error = new StackOverflowError();
    assertThat(catchThrowable(() -> timeout.await(CompletableFuture.failedFuture(error))))
        .isSameAs(error);
    IOException checked = new IOException("disk");
    assertThatThrownBy(() -> timeout.await(CompletableFuture.failedFuture(checked)))
        .isInstanceOf(CompletionException.class)
        .hasCause(checked);
    CompletableFuture<String> cancelled = new CompletableFuture<>();
    cancelled.cancel(false);
    assertThatThrownBy(() -> timeout.await(cancelled)).isInstanceOf(CancellationException.class);
  }

  @Test
  void anInterruptAbortsTheWaitAndStaysSet() {
    Thread.currentThread().interrupt();
    Throwable thrown = catchThrowable(() -> RpcTimeout.of(SHORT).await(new CompletableFuture<>()));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(thrown)
        .isInstanceOf(RpcAbortedException.class)
        .hasCauseInstanceOf(InterruptedException.class);
  }
}
