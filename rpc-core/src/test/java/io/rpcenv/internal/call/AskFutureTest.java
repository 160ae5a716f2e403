// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.call;

import static io.rpcenv.contract.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcUnexpectedReplyException;
import io.rpcenv.transport.LoopThread;
import io.rpcenv.transport.TransportThreads;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The asker's end: completed by the library, or given up by the user. */
@Timeout(20)
class AskFutureTest {

  private final FakeAsk ask = FakeAsk.of(String.class);

  // By the library

  @Test
  void aReplyOfTheRightClassCompletesItOnce() throws Exception {
    assertThat(ask.succeed("x")).isTrue();
    assertThat(ask.succeed("y")).isFalse();
    assertThat(ask.succeed(7)).isFalse();
    assertThat(ask.fail(new Exception("z"))).isFalse();
    assertThat(ask.get()).isEqualTo("x");
    assertThat(ask.get(0, TimeUnit.SECONDS)).isEqualTo("x");
    assertThat(ask.join()).isEqualTo("x");
    assertThat(ask.awaitGuarded()).isEqualTo("x");
    assertThat(ask.abandoned).hasValue(0);
  }

  @Test
  void nullIsAReplyOfAnyClass() {
    assertThat(ask.succeed(null)).isTrue();
    assertThat(ask).isCompletedWithValue(null);
  }

  /** RPC-13 */
  @Test
  void aReplyOfAnotherClassFailsIt() {
    assertThat(ask.succeed(7)).isTrue();
    assertThatThrownBy(ask::join)
        .hasCauseInstanceOf(RpcUnexpectedReplyException.class)
        .hasMessageContaining("reply: java.lang.Integer (expected: java.lang.String)");
    assertThat(ask.abandoned).hasValue(0);
  }

  @Test
  @SuppressWarnings("NullAway") // that is the point
  void abortNeedsACause() {
    FakeAsk ask = FakeAsk.of(String.class);
    assertThatThrownBy(() -> ask.abort(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cause: null (expected: why nobody waits any more)");
    assertThat(ask).isNotDone();
  }

  @Test
  void aPrimitiveClassMeansItsWrapper() {
    FakeAsk number = FakeAsk.of(int.class);
    assertThat(number.succeed(7)).isTrue();
    assertThat(number).isCompletedWithValue(7);
    FakeAsk nothing = FakeAsk.of(void.class);
    nothing.succeed(null);
    assertThat(nothing).isCompletedWithValue(null);
    FakeAsk wrong = FakeAsk.of(long.class);
    wrong.succeed(7);
    assertThat(wrong).isCompletedExceptionally();
  }

  @Test
  void knowsItsDeadline() {
    assertThat(FakeAsk.after(100, 50).deadlineNanos()).isEqualTo(150);
  }

  // By the user

  @Test
  void whateverTheUserDoesAbandonsItOnce() {
    assertThat(ask.cancel(true)).isTrue();
    assertThat(ask.cancel(true)).as("as in CompletableFuture").isTrue();
    assertThat(ask.complete("x")).isFalse();
    assertThat(ask.completeExceptionally(new Exception())).isFalse();
    assertThat(ask.abort(new Exception())).isFalse();
    assertThat(ask.abandoned).hasValue(1);
    assertThatThrownBy(ask::join).isInstanceOf(CancellationException.class);
  }

  @Test
  void completeAndAbortAbandonIt() {
    assertThat(ask.complete("x")).isTrue();
    assertThat(ask.abandoned).hasValue(1);
    FakeAsk aborted = FakeAsk.of(String.class);
    assertThat(aborted.abort(new IllegalStateException("enough"))).isTrue();
    assertThat(aborted.abandoned).hasValue(1);
    assertThatThrownBy(aborted::join)
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("enough");
    FakeAsk failed = FakeAsk.of(String.class);
    assertThat(failed.completeExceptionally(new Exception("e"))).isTrue();
    assertThat(failed.abandoned).hasValue(1);
    assertThat(failed.cancel(false)).isFalse();
    assertThat(failed.abandoned).hasValue(1);
  }

  @Test
  void anEndedAskCannotBeGivenUp() {
    ask.succeed("x");
    assertThat(ask.cancel(true)).isFalse();
    assertThat(ask.complete("y")).isFalse();
    assertThat(ask.abort(new Exception())).isFalse();
    assertThat(ask.abandoned).hasValue(0);
  }

  @Test
  void whatWouldBreakItsContractIsRefused() {
    assertThatThrownBy(() -> ask.completeAsync(() -> "x"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ask.completeAsync(() -> "x", Runnable::run))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ask.obtrudeValue("x"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ask.obtrudeException(new Exception()))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(ask.thenApply(x -> x)).isNotInstanceOf(AskFuture.class);
  }

  // Waiting

  /** RPC-15: blocking calls throw at once on a network thread. */
  @Test
  void waitingOnANetworkThreadIsRefusedUnlessItIsDone() throws Exception {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread =
        new NetworkThread(
            () -> {
              try {
                assertThatThrownBy(ask::get).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(ask::join)
                    .hasMessageStartingWith("a fake ask blocks on network thread [");
                assertThatThrownBy(() -> ask.get(1, TimeUnit.SECONDS))
                    .isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> ask.get(0, TimeUnit.SECONDS))
                    .isInstanceOf(TimeoutException.class);
                ask.succeed("x");
                assertThat(ask.get()).isEqualTo("x");
                assertThat(ask.join()).isEqualTo("x");
                assertThat(ask.get(1, TimeUnit.SECONDS)).isEqualTo("x");
              } catch (Throwable t) {
                failure.set(t);
              }
            });
    thread.start();
    thread.join();
    assertThat(failure.get()).isNull();
  }

  private static final class NetworkThread extends Thread implements LoopThread {

    NetworkThread(Runnable task) {
      super(task);
    }

    @Override
    public TransportThreads threads() {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void otherThreadsWait() throws Exception {
    assertThatThrownBy(() -> ask.get(1, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    FakeAsk joined = FakeAsk.of(String.class);
    FakeAsk timed = FakeAsk.of(String.class);
    FakeAsk inTime = FakeAsk.of(String.class);
    Thread asker = Thread.currentThread();
    Thread answerer =
        new Thread(
            () -> {
              await("get", () -> isIn(asker, "get"));
              ask.succeed("x");
              await("join", () -> isIn(asker, "join"));
              joined.succeed("y");
              await("timed get", () -> isIn(asker, "get"));
              timed.fail(new Exception("z"));
              await("a last get", () -> timed.getNumberOfDependents() == 0 && isIn(asker, "get"));
              inTime.succeed("w");
            });
    answerer.start();
    assertThat(ask.get()).isEqualTo("x");
    assertThat(joined.join()).isEqualTo("y");
    assertThatThrownBy(() -> timed.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("z");
    assertThat(inTime.get(10, TimeUnit.SECONDS)).isEqualTo("w");
    answerer.join();
  }

  private static boolean isIn(Thread thread, String method) {
    return thread.getState().name().endsWith("WAITING")
        && Arrays.stream(thread.getStackTrace())
            .anyMatch(
                frame ->
                    frame.getClassName().equals(AskFuture.class.getName())
                        && frame.getMethodName().equals(method));
  }
}
