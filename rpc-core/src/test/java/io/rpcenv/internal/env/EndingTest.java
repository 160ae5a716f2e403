// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.EndpointExecutor;
import io.rpcenv.EndpointOptions;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What may wait for the end of an env, and what is gone when it has come. */
@Timeout(60)
class EndingTest {

  private static final Duration LONG = Duration.ofSeconds(10);

  private final RpcEnv env = RpcEnv.builder("ending-env").build();

  @AfterEach
  void close() {
    env.close();
  }

  private static RpcEndpoint silent() {
    return new RpcEndpoint() {
      @Override
      public void receiveAndReply(Object message, RpcCallContext call) {
        // Never answers.
      }
    };
  }

  private static List<String> threads(String envName) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("rpc-" + envName + "-"))
        .toList();
  }

  /** RPC-21: the end does not wait for itself. */
  @Test
  void aStageOfAPendingAskMayCloseTheEnv() throws Exception {
    RpcEndpointRef ref = env.setupEndpoint("silent", silent());
    CompletableFuture<String> thread = new CompletableFuture<>();
    CompletableFuture<Throwable> awaiting = new CompletableFuture<>();
    ref.ask("m", String.class)
        .whenComplete(
            (reply, failure) -> {
              thread.complete(Thread.currentThread().getName());
              env.close();
              try {
                env.awaitTermination();
                awaiting.complete(new AssertionError("it waited"));
              } catch (Exception e) {
                awaiting.complete(e);
              }
            });
    env.shutdown();
    assertThat(env.awaitTermination(LONG)).isTrue();
    assertThat(thread).isCompletedWithValue("rpc-ending-env-shutdown-1");
    assertThat(awaiting.join())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("would wait for itself");
  }

  /** RPC-21: threads are gone and listeners have been told when the wait is over. */
  @Test
  void nothingIsLeftWhenTheWaitIsOver() {
    for (int i = 0; i < 40; i++) {
      List<String> stopped = new CopyOnWriteArrayList<>();
      String name = "ending-" + i;
      RpcEnvListener listener =
          new RpcEnvListener() {
            @Override
            public void onEndpointStopped(String endpoint) {
              for (int n = 0; n < 50; n++) {
                Thread.yield();
              }
              stopped.add(endpoint);
            }
          };
      RpcEnv each = RpcEnv.builder(name).listener(listener).build();
      each.setupEndpoint("shared", silent());
      RpcEndpointRef own =
          each.setupEndpoint(
              "own", silent(), EndpointOptions.serial().withExecutor(EndpointExecutor.DEDICATED));
      each.stop(own);
      each.close();
      assertThat(threads(name)).isEmpty();
      assertThat(stopped).contains("shared", "own");
    }
  }

  @Test
  void theWaitTakesEveryDurationButNone() throws Exception {
    assertThat(env.awaitTermination(Duration.ZERO)).isFalse();
    assertThat(env.awaitTermination(Duration.ofSeconds(Long.MIN_VALUE))).isFalse();
    assertThatThrownBy(() -> env.awaitTermination(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("timeout: null (expected: ");
    env.shutdown();
    assertThat(env.awaitTermination(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
  }

  /** RPC-15: the wait for another env is a wait like any other. */
  @Test
  void aHandlerThatAwaitsAnotherEnvGetsASpareThread() throws Exception {
    io.rpcenv.RpcConf one =
        io.rpcenv.RpcConf.builder().set(io.rpcenv.RpcConfKeys.DISPATCHER_THREADS, 1).build();
    try (RpcEnv other = RpcEnv.builder("ending-other").conf(one).build()) {
      CompletableFuture<Boolean> waiting = new CompletableFuture<>();
      RpcEndpointRef waiter =
          other.setupEndpoint(
              "waiter",
              RpcEndpoint.handling()
                  .onAsk(
                      Waits.class,
                      m -> {
                        waiting.complete(true);
                        return env.awaitTermination(LONG);
                      })
                  .build());
      RpcEndpointRef echo =
          other.setupEndpoint(
              "echo", RpcEndpoint.handling().onAsk(Asks.class, m -> "alive").build());
      CompletableFuture<Boolean> ended = waiter.ask(new Waits());
      waiting.get(10, TimeUnit.SECONDS);
      assertThat(echo.askSync(new Asks(), Duration.ofSeconds(5))).isEqualTo("alive");
      env.shutdown();
      assertThat(ended.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private record Waits() implements io.rpcenv.RpcRequest<Boolean> {}

  private record Asks() implements io.rpcenv.RpcRequest<String> {}
}
