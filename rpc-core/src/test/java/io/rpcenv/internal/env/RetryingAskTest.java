// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RetryPolicy;
import io.rpcenv.RpcConnectionException;
import io.rpcenv.RpcEndpointNotFoundException;
import io.rpcenv.RpcEnvStoppedException;
import io.rpcenv.RpcException;
import io.rpcenv.RpcFuture;
import io.rpcenv.RpcTimeoutException;
import io.rpcenv.internal.call.DeadlineTimer;
import io.rpcenv.internal.call.LocalDeadlines;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SPARK-19347: what is asked again, and what never is. */
@Timeout(20)
class RetryingAskTest {

  private final RpcException refused = new RpcConnectionException("refused", null, false);
  private final RpcException lost = new RpcConnectionException("lost", null, true);
  private final RpcException missing = new RpcEndpointNotFoundException("e");
  private static final RetryPolicy THREE = RetryPolicy.attempts(3).withInterval(Duration.ZERO);

  private final DeadlineTimer timer = new DeadlineTimer("retry");
  private final LocalDeadlines deadlines = new LocalDeadlines(timer);

  @AfterEach
  void end() {
    timer.end();
  }

  private ScriptedRef ref(Object... outcomes) {
    return new ScriptedRef(deadlines, outcomes);
  }

  private static RpcFuture<String> ask(ScriptedRef ref, RetryPolicy policy) {
    return ref.askWithRetry("m", String.class, policy);
  }

  @Test
  void aFailureThatCertainlyDidNotExecuteIsRepeated() {
    ScriptedRef ref = ref(refused, refused, "x");
    assertThat(ask(ref, THREE).join()).isEqualTo("x");
    assertThat(ref.asks).hasValue(3);
  }

  @Test
  void theLastAttemptsFailureIsTheAsks() {
    ScriptedRef ref = ref(refused, refused, refused, "never");
    assertThatThrownBy(() -> ask(ref, THREE).join()).hasCause(refused);
    assertThat(ref.asks).hasValue(3);
  }

  @Test
  void whatMayHaveExecutedIsRepeatedOnlyIfTheMessageIsIdempotent() {
    ScriptedRef once = ref(lost, "never");
    assertThatThrownBy(() -> ask(once, THREE).join()).hasCause(lost);
    assertThat(once.asks).hasValue(1);
    ScriptedRef again = ref(lost, new RpcTimeoutException("late", true), "x");
    assertThat(ask(again, THREE.asIdempotent()).join()).isEqualTo("x");
  }

  @Test
  void whatCannotSucceedIsNotRepeated() {
    ScriptedRef ref = ref(missing, "never");
    assertThatThrownBy(() -> ask(ref, THREE.asIdempotent()).join()).hasCause(missing);
    assertThat(ref.asks).hasValue(1);
  }

  @Test
  void thereIsAPauseBetweenAttempts() throws Exception {
    ScriptedRef ref = ref(refused, "x");
    long begin = System.nanoTime();
    RpcFuture<String> ask = ask(ref, THREE.withInterval(Duration.ofMillis(60)));
    assertThat(ref.asks).hasValue(1);
    assertThat(ask.get(10, TimeUnit.SECONDS)).isEqualTo("x");
    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(60_000_000);
  }

  @Test
  void theEndOfTheEnvEndsThePause() {
    ScriptedRef ref = ref(refused, "never");
    RpcFuture<String> ask = ask(ref, THREE.withInterval(Duration.ofMinutes(1)));
    RpcException end = new RpcEnvStoppedException("me", true);
    deadlines.drain().forEach(pause -> pause.abort(end));
    assertThatThrownBy(ask::join).hasCause(end);
    assertThat(ref.asks).hasValue(1);
  }

  @Test
  void givingUpGivesUpOnTheAttemptUnderWay() {
    ScriptedRef ref = ref("pending");
    RpcFuture<String> ask = ask(ref, THREE);
    assertThat(ask).isNotDone();
    ask.cancel(false);
    assertThat(ref.cancelled).hasValue(1);
  }

  @Test
  void givingUpInAPauseEndsTheRetries() throws Exception {
    ScriptedRef ref = ref(refused, "never");
    RpcFuture<String> ask = ask(ref, THREE.withInterval(Duration.ofMillis(20)));
    ask.cancel(false);
    RetryPolicy longer = THREE.withInterval(Duration.ofMillis(40));
    assertThat(ask(ref(refused, "x"), longer).get(10, TimeUnit.SECONDS)).isEqualTo("x");
    assertThat(ref.asks).as("its pause is over, too").hasValue(1);
  }
}
