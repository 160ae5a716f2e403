// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcFuture;
import io.rpcenv.RpcTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The timeouts of local asks, and what runs on the timer when they are over. */
@Timeout(30)
class TimerTest {

  private static final Duration SHORT = Duration.ofMillis(20);

  private final RpcEnv env = RpcEnv.builder("timed-env").build();
  private final RpcEndpointRef silent =
      env.setupEndpoint(
          "silent",
          new RpcEndpoint() {
            @Override
            public void receiveAndReply(Object message, RpcCallContext call) {
              // Never answers.
            }
          });

  @AfterEach
  void close() {
    env.close();
  }

  private void assertTimesOut() {
    assertThatThrownBy(() -> silent.ask("m", String.class, SHORT).get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(RpcTimeoutException.class);
  }

  /** RPC-16 */
  @Test
  void theLongestTimeoutLeavesTheOthersAsTheyAre() {
    RpcFuture<String> endless = silent.ask("m", String.class, Duration.ofSeconds(Long.MAX_VALUE));
    assertTimesOut();
    assertTimesOut();
    assertThat(endless).isNotDone();
  }

  /** RPC-16 */
  @Test
  void noTimeoutIsAnArgumentError() {
    assertThatThrownBy(() -> silent.withTimeout(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("timeout: null (expected: ");
  }

  /** RPC-15: a stage that blocks on the timer would hold up every other timeout. */
  @Test
  void aStageOnTheTimerCannotBlock() throws Exception {
    CompletableFuture<Throwable> caught = new CompletableFuture<>();
    CompletableFuture<String> thread = new CompletableFuture<>();
    silent
        .ask("m", String.class, SHORT)
        .whenComplete(
            (reply, failure) -> {
              thread.complete(Thread.currentThread().getName());
              try {
                silent.askSync("m", String.class, Duration.ofSeconds(20));
                caught.complete(new AssertionError("it blocked"));
              } catch (RuntimeException e) {
                caught.complete(e);
              }
            });
    assertThat(caught.get(10, TimeUnit.SECONDS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("blocks on thread [" + thread.join() + "]");
    assertThat(thread.join()).isEqualTo("rpc-timed-env-timer-1");
    assertTimesOut();
  }
}
