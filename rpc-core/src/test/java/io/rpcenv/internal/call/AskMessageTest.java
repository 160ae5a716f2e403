// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.DropReason;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEnvListener;
import io.rpcenv.contract.Eventually;
import io.rpcenv.testing.Logged;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An ask at its receiver: one answer, or the asker goes first. */
@Timeout(20)
class AskMessageTest {

  private static final class Ask extends AskMessage {

    private final List<String> log = new ArrayList<>();

    @Override
    protected synchronized void answer(@Nullable Object response) {
      log.add("answer " + response);
    }

    @Override
    protected synchronized void answerFailure(Throwable cause) {
      log.add("failure " + cause.getMessage());
    }

    @Override
    protected void answerRejection(String endpoint, DropReason reason, @Nullable Throwable cause) {
      log.add("rejection " + endpoint + " " + reason + " " + cause);
    }

    @Override
    protected Object payload() {
      return "payload";
    }

    @Override
    public String messageClass() {
      return "Ask";
    }

    @Override
    public RpcEnvListener.Origin origin() {
      return RpcEnvListener.Origin.LOCAL;
    }

    @Override
    public Optional<RpcAddress> senderAddress() {
      return Optional.empty();
    }
  }

  private final Ask ask = new Ask();
  private final AtomicInteger cancels = new AtomicInteger();

  @Test
  void isDeliveredAsAnAsk() throws Exception {
    assertThat(ask.kind()).isEqualTo(RpcEnvListener.Kind.ASK);
    List<Object> got = new ArrayList<>();
    ask.deliver(
        new RpcEndpoint() {
          @Override
          public void receiveAndReply(Object message, RpcCallContext call) {
            got.add(message);
            got.add(call);
          }
        },
        "payload");
    assertThat(got).containsExactly("payload", ask);
  }

  /** RPC-07 */
  @Test
  void theFirstAnswerWinsAndASecondIsAnError() {
    assertThat(ask.reply("x")).isTrue();
    assertThatThrownBy(() -> ask.reply("y"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("this ask of class [Ask] is answered already (expected: one answer)");
    assertThatThrownBy(() -> ask.sendFailure(new Exception("z")))
        .isInstanceOf(IllegalStateException.class);
    ask.failed(new Exception("the handler threw after its reply"));
    ask.rejected("e", DropReason.ENDPOINT_STOPPED, null);
    assertThat(ask.log).containsExactly("answer x");
    assertThat(ask.isCancelled()).isFalse();
  }

  @Test
  void aFailureIsAnAnswer() {
    assertThatThrownBy(() -> ask.sendFailure(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cause: null (expected: what went wrong)");
    assertThat(ask.sendFailure(new Exception("no"))).isTrue();
    assertThatThrownBy(() -> ask.reply("y")).isInstanceOf(IllegalStateException.class);
    assertThat(ask.log).containsExactly("failure no");
  }

  @Test
  void whatAHandlerThrewIsTheAnswerIfThereIsNone() {
    ask.failed(new Exception("boom"));
    ask.failed(new Exception("again"));
    assertThat(ask.log).containsExactly("failure boom");
    assertThatThrownBy(() -> ask.reply("y")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aRejectionIsTheAnswerIfThereIsNone() {
    ask.rejected("e", DropReason.INBOX_FULL, null);
    ask.rejected("e", DropReason.INBOX_FULL, null);
    assertThat(ask.log).containsExactly("rejection e INBOX_FULL null");
  }

  /** RPC-19 */
  @Test
  void answersToAnAskerThatIsGoneDoNothing() {
    ask.onCancel(cancels::incrementAndGet);
    ask.askerGone();
    assertThat(ask.isCancelled()).isTrue();
    assertThat(ask.reply("x")).isFalse();
    assertThat(ask.sendFailure(new Exception("y"))).isFalse();
    ask.failed(new Exception("z"));
    ask.rejected("e", DropReason.ENDPOINT_STOPPED, null);
    assertThat(ask.log).isEmpty();
    ask.askerGone();
    assertThat(cancels).hasValue(1);
  }

  @Test
  void anAskerThatGoesAfterTheAnswerIsNoNews() {
    ask.onCancel(cancels::incrementAndGet);
    ask.reply("x");
    ask.askerGone();
    assertThat(ask.isCancelled()).isFalse();
    assertThat(cancels).hasValue(0);
  }

  @Test
  void anActionThatComesLateRunsAtOnce() {
    ask.askerGone();
    ask.onCancel(cancels::incrementAndGet);
    assertThat(cancels).hasValue(1);
    assertThatThrownBy(() -> ask.onCancel(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("action: null (expected: what to run)");
  }

  @Test
  void everyActionRunsEvenIfOneFails() {
    ask.onCancel(
        () -> {
          throw new AssertionError("no");
        });
    ask.onCancel(cancels::incrementAndGet);
    try (Logged logged = new Logged(AskMessage.class)) {
      ask.askerGone();
      assertThat(logged.lines()).containsExactly("WARN onCancel of an ask of class [Ask] failed");
    }
    assertThat(cancels).hasValue(1);
  }

  @Test
  void eachActionRunsOnceWhateverRaces() throws Exception {
    for (int round = 0; round < 200; round++) {
      Ask raced = new Ask();
      AtomicInteger ran = new AtomicInteger();
      CyclicBarrier barrier = new CyclicBarrier(2);
      Thread goer =
          new Thread(
              () -> {
                try {
                  barrier.await();
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
                raced.askerGone();
              });
      goer.start();
      barrier.await();
      raced.onCancel(ran::incrementAndGet);
      goer.join();
      assertThat(ran).hasValue(1);
    }
  }

  /** An ask is the handler's own object, to lock as it likes. */
  @Test
  void aHandlerThatLocksTheCallBlocksNobody() throws Exception {
    ask.onCancel(cancels::incrementAndGet);
    synchronized (ask) {
      Thread goer = new Thread(ask::askerGone);
      goer.start();
      goer.join(10_000);
      assertThat(goer.isAlive()).isFalse();
    }
    assertThat(cancels).hasValue(1);
  }

  @Test
  void actionsRunInTheOrderTheyWereRegistered() {
    List<Integer> ran = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int n = i;
      ask.onCancel(() -> ran.add(n));
    }
    ask.askerGone();
    assertThat(ran).containsExactly(0, 1, 2, 3, 4);
  }

  /** What an action holds on to is free once there is an answer, however long the call is kept. */
  @Test
  void anAnswerLetsGoOfTheActions() {
    WeakReference<Object> held = new WeakReference<>(register(ask));
    ask.reply("x");
    WeakReference<Object> late = new WeakReference<>(register(ask));
    Eventually.await(
        "the actions are gone",
        () -> {
          System.gc();
          return held.get() == null && late.get() == null;
        });
    assertThat(ask.log).containsExactly("answer x");
  }

  private static Object register(AskMessage call) {
    Object baggage = new Object();
    call.onCancel(() -> baggage.hashCode());
    return baggage;
  }
}
