// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Endpoints made of lambdas. */
@Timeout(20)
class RpcEndpointBuilderTest {

  private static final Executor CALLER = Runnable::run;

  record Ask() implements RpcRequest<String> {}

  private static RpcRemoteException failureOf(CompletionStage<String> stage) throws Exception {
    try (RpcEnv env = RpcEnv.builder("builder").build()) {
      RpcEndpoint endpoint = RpcEndpoint.handling().onAskAsync(Ask.class, message -> stage).build();
      RpcFuture<String> answer = env.setupEndpoint("e", endpoint).ask(new Ask());
      try {
        throw new AssertionError("a reply: " + answer.get(10, TimeUnit.SECONDS));
      } catch (ExecutionException e) {
        return (RpcRemoteException) e.getCause();
      }
    }
  }

  @Test
  void aFailureInALaterStageIsReportedAsWhatWasThrown() throws Exception {
    CompletionStage<String> stage =
        CompletableFuture.completedFuture("x")
            .thenApplyAsync(
                text -> {
                  throw new IllegalStateException("boom");
                },
                CALLER);
    RpcRemoteException failure = failureOf(stage);
    assertThat(failure.remoteClassName()).isEqualTo(IllegalStateException.class.getName());
    assertThat(failure.remoteMessage()).isEqualTo("boom");
  }

  @Test
  void aFailureOfTheStageItselfIsReportedAsItIs() throws Exception {
    CompletableFuture<String> stage = new CompletableFuture<>();
    stage.completeExceptionally(new IllegalStateException("boom"));
    assertThat(failureOf(stage).remoteClassName()).isEqualTo(IllegalStateException.class.getName());
    CompletableFuture<String> bare = new CompletableFuture<>();
    bare.completeExceptionally(new CompletionException("no cause", null));
    assertThat(failureOf(bare).remoteClassName()).isEqualTo(CompletionException.class.getName());
  }

  @Test
  @SuppressWarnings("NullAway") // on purpose
  void nullsAreRefusedByName() {
    RpcEndpointBuilder builder = RpcEndpoint.handling();
    assertThatThrownBy(() -> builder.onSend(null, message -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("type: null (expected: a message class)");
    assertThatThrownBy(() -> builder.onSend(Ask.class, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("handler: null (expected: what handles the message)");
    assertThatThrownBy(() -> builder.onAskAsync(Ask.class, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("answer: null (expected: what answers the message)");
  }
}
