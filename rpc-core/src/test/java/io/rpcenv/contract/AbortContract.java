// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcAbortedException;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcFuture;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Giving up an ask: RPC-08. */
public abstract class AbortContract extends Contract {

  private final Servant servant = new Servant();
  private RpcEndpointRef ref;

  @BeforeEach
  void hostServant() {
    ref = host("servant", servant);
  }

  private void assertReceiverLearns() throws Exception {
    RpcCallContext call = servant.awaitKept(1);
    assertThat(servant.cancelled().await(15, TimeUnit.SECONDS)).as("onCancel ran").isTrue();
    assertThat(call.isCancelled()).isTrue();
    CompletableFuture<String> late = new CompletableFuture<>();
    call.onCancel(() -> late.complete("at once"));
    assertThat(late).isCompletedWithValue("at once");
    assertThat(call.reply("nobody waits")).isFalse();
    assertNothingPending();
    assertThat(ref.askSync(new Msg.Echo("alive"))).isEqualTo("alive");
  }

  private void assertNothingPending() {
    Eventually.await(
        "nothing pending",
        () -> client().stats().peers().stream().allMatch(p -> p.pendingAsks() == 0));
  }

  /** RPC-08 */
  @Test
  void abortEndsTheAskWithItsCauseAndTellsTheReceiver() throws Exception {
    RpcFuture<String> ask = ref.ask(new Msg.Never());
    RpcCallContext call = servant.awaitKept(1);
    assertThat(call.isCancelled()).isFalse();
    Exception cause = new Exception("no longer wanted");
    assertThat(ask.abort(cause)).isTrue();
    assertThat(ask).isDone();
    assertThat(Failures.of(ask)).isSameAs(cause);
    assertThat(ask.abort(new Exception("again"))).isFalse();
    assertReceiverLearns();
  }

  /** RPC-08: at once, though the message has not even been handled. */
  @Test
  void abortRightAfterTheAskLeavesNothingPending() throws Exception {
    for (int i = 0; i < 200; i++) {
      RpcFuture<String> ask = ref.ask(new Msg.Never());
      Exception cause = new Exception("no " + i);
      ask.abort(cause);
      assertThat(Failures.of(ask)).isSameAs(cause);
    }
    assertNothingPending();
    assertThat(ref.askSync(new Msg.Echo("alive"))).isEqualTo("alive");
  }

  @Test
  void cancelTellsTheReceiver() throws Exception {
    RpcFuture<String> ask = ref.ask(new Msg.Never());
    servant.awaitKept(1);
    assertThat(ask.cancel(true)).isTrue();
    assertThat(ask).isCancelled();
    assertThatThrownBy(ask::get).isInstanceOf(CancellationException.class);
    assertReceiverLearns();
  }

  @Test
  void completingAnAskTellsTheReceiver() throws Exception {
    RpcFuture<String> ask = ref.ask(new Msg.Never());
    servant.awaitKept(1);
    assertThat(ask.complete("own answer")).isTrue();
    assertThat(Failures.reply(ask)).isEqualTo("own answer");
    assertReceiverLearns();
  }

  @Test
  void completingAnAskExceptionallyTellsTheReceiver() throws Exception {
    RpcFuture<String> ask = ref.ask(new Msg.Never());
    servant.awaitKept(1);
    assertThat(ask.completeExceptionally(new IllegalStateException("mine"))).isTrue();
    assertThat(Failures.of(ask)).hasMessage("mine");
    assertReceiverLearns();
  }

  @Test
  void theJdksOwnTimeoutTellsTheReceiver() throws Exception {
    RpcFuture<String> ask = ref.ask(new Msg.Never());
    servant.awaitKept(1);
    ask.orTimeout(20, TimeUnit.MILLISECONDS);
    Failures.of(ask, TimeoutException.class);
    assertReceiverLearns();
  }

  @Test
  void anInterruptedAskSyncIsAborted() throws Exception {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    Thread waiting =
        new Thread(
            () -> {
              try {
                ref.askSync(new Msg.Never());
                thrown.complete(new AssertionError("a reply"));
              } catch (Throwable e) {
                thrown.complete(e);
              }
              flag.complete(Thread.currentThread().isInterrupted());
            });
    waiting.start();
    servant.awaitKept(1);
    waiting.interrupt();
    assertThat(Failures.reply(thrown)).isInstanceOf(RpcAbortedException.class);
    Failures.row((RpcAbortedException) Failures.reply(thrown), false, true);
    assertThat(Failures.reply(flag)).isTrue();
    assertReceiverLearns();
  }

  @Test
  void anAnsweredAskCannotBeAborted() throws Exception {
    RpcFuture<String> ask = ref.ask(new Msg.Echo("answer"));
    assertThat(Failures.reply(ask)).isEqualTo("answer");
    assertThat(ask.abort(new Exception("too late"))).isFalse();
    assertThat(ask.cancel(true)).isFalse();
    assertThat(Failures.reply(ask)).isEqualTo("answer");
  }

  @Test
  void dependentsArePlainFutures() throws Exception {
    RpcFuture<String> ask = ref.ask(new Msg.Never());
    CompletableFuture<Integer> dependent = ask.thenApply(String::length);
    assertThat(dependent).isNotInstanceOf(RpcFuture.class);
    dependent.cancel(true);
    RpcCallContext call = servant.awaitKept(1);
    assertThat(call.isCancelled()).isFalse();
    assertThat(call.reply("still wanted")).isTrue();
    assertThat(Failures.reply(ask)).isEqualTo("still wanted");
  }

  @Test
  void whatAnAskCannotDoIsUnsupported() {
    RpcFuture<String> ask = ref.ask(new Msg.Echo("x"));
    assertThatThrownBy(() -> ask.completeAsync(() -> "y"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ask.obtrudeValue("y"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ask.obtrudeException(new Exception()))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
