// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import static io.rpcenv.contract.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvStats;
import io.rpcenv.RpcTimeout;
import io.rpcenv.internal.call.AskFuture;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waits for answers that a handler has left to others. */
@Timeout(30)
class DeferredTest {

  private static int waitingFor(RpcEnv env, String endpoint) {
    return env.stats().endpoints().stream()
        .filter(e -> e.name().equals(endpoint))
        .mapToInt(RpcEnvStats.Endpoint::depth)
        .sum();
  }

  /** Who waits is told whom it waits for before that one can wait itself. */
  @Test
  void theFutureIsKnownBeforeTheMessageIsPosted() {
    AtomicLong postedBefore = new AtomicLong(-1);
    try (RpcEnv env = RpcEnv.builder("deferred").build()) {
      RpcEndpointRef ref =
          env.setupEndpoint(
              "a",
              RpcEndpoint.handling()
                  .onAsk(Object.class, (message, call) -> call.reply("a reply"))
                  .build());
      AskFuture<String> ask =
          ((AbstractEndpointRef) ref)
              .doAsk(
                  "a question",
                  String.class,
                  RpcTimeout.of(Duration.ofSeconds(10)),
                  asked -> postedBefore.set(posted(env, "a")));
      assertThat(ask.join()).isEqualTo("a reply");
      assertThat(postedBefore).hasValue(0);
      assertThat(posted(env, "a")).isEqualTo(1);
    }
  }

  private static long posted(RpcEnv env, String endpoint) {
    return env.stats().endpoints().stream()
        .filter(e -> e.name().equals(endpoint))
        .mapToLong(RpcEnvStats.Endpoint::posted)
        .sum();
  }

  /** RPC-15: B waits for what A has left to another thread; then A may wait for B. */
  @Test
  void whoLeftTheAnswerToOthersMayWaitForTheAsker() throws Exception {
    CompletableFuture<RpcCallContext> left = new CompletableFuture<>();
    CompletableFuture<RpcEndpointRef> toB = new CompletableFuture<>();
    try (RpcEnv env = RpcEnv.builder("deferred").build()) {
      RpcEndpointRef a =
          env.setupEndpoint(
              "a",
              new RpcEndpoint() {
                @Override
                public void receiveAndReply(Object message, RpcCallContext call) {
                  if (message.equals("later")) {
                    left.complete(call);
                  } else {
                    call.reply(toB.join().askSync("alive", String.class));
                  }
                }
              });
      RpcEndpointRef b =
          env.setupEndpoint(
              "b",
              new RpcEndpoint() {
                @Override
                public void receiveAndReply(Object message, RpcCallContext call) {
                  call.reply(
                      message.equals("alive") ? "b lives" : a.askSync("later", String.class));
                }
              });
      toB.complete(b);
      CompletableFuture<String> outer = b.ask("go", String.class);
      RpcCallContext call = left.get(10, TimeUnit.SECONDS);
      CompletableFuture<String> crossing = a.ask("cross", String.class);
      await("A waits for B", () -> crossing.isDone() || waitingFor(env, "b") == 1);
      call.reply("at last");
      assertThat(outer.get(10, TimeUnit.SECONDS)).isEqualTo("at last");
      assertThat(crossing.get(10, TimeUnit.SECONDS)).isEqualTo("b lives");
    }
  }
}
