// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.EndpointOptions;
import io.rpcenv.RpcAbortedException;
import io.rpcenv.RpcEndpointNotFoundException;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEndpointStoppedException;
import io.rpcenv.RpcEnvStoppedException;
import io.rpcenv.RpcException;
import io.rpcenv.RpcFuture;
import io.rpcenv.RpcOverloadedException;
import io.rpcenv.RpcRemoteException;
import io.rpcenv.RpcTimeoutException;
import io.rpcenv.RpcUnexpectedReplyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Promise 4: the rows of the failure table that hold in-process and remote alike. */
public abstract class FailureTableContract extends Contract {

  /** What "at once" means here: long before any timeout. */
  private static final long AT_ONCE_MILLIS = 3_000;

  private static <T extends RpcException> T row(
      Supplier<RpcFuture<?>> ask, Class<T> type, boolean retriable, boolean executed)
      throws Exception {
    long begin = System.nanoTime();
    T failure = Failures.of(ask.get(), type);
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin))
        .as("at once")
        .isLessThan(AT_ONCE_MILLIS);
    return Failures.row(failure, retriable, executed);
  }

  /** RPC-05: no such endpoint. */
  @Test
  void noSuchEndpoint() throws Exception {
    Recorder recorder = new Recorder();
    RpcEndpointRef ref = host("gone", recorder);
    recorder.stop();
    Eventually.await("stopped", () -> lab.watcher(server()).stopped().contains("gone"));
    row(() -> ref.ask(new Msg.Echo("x")), RpcEndpointNotFoundException.class, false, false);
    assertThatThrownBy(() -> ref.askSync(new Msg.Echo("x")))
        .isInstanceOf(RpcEndpointNotFoundException.class);
  }

  /** Stopped before it was handled: its onStart failed. */
  @Test
  void stoppedBeforeItWasHandled() throws Exception {
    Gate gate = lab.gate();
    Recorder broken =
        new Recorder() {
          @Override
          public void onStart() throws Exception {
            gate.pass();
            throw new IllegalStateException("broken");
          }
        };
    RpcEndpointRef ref = host("broken", broken);
    RpcFuture<String> ask = ref.ask(new Msg.Echo("x"));
    gate.awaitReached();
    Eventually.await("posted", () -> lab.watcher(server()).posted("broken").size() == 1);
    gate.open();
    row(() -> ask, RpcEndpointStoppedException.class, false, false);
  }

  /** Promise 13: a bound was reached. */
  @Test
  void aBoundWasReached() throws Exception {
    Gate gate = lab.gate();
    Servant slow =
        new Servant() {
          @Override
          public void receive(Object message) throws Exception {
            gate.pass();
          }
        };
    RpcEndpointRef ref = lab.host("full", slow, EndpointOptions.serial().withInboxCapacity(1));
    ref.send(new Msg.Tick(1));
    gate.awaitReached();
    List<RpcFuture<Integer>> asks = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      asks.add(ref.ask(new Msg.Count(i)));
    }
    row(() -> asks.get(2), RpcOverloadedException.class, true, false);
    gate.open();
  }

  /** RPC-10: the handler failed. */
  @Test
  void theHandlerFailed() throws Exception {
    RpcEndpointRef ref = host("e", new Servant());
    RpcRemoteException failure =
        row(() -> ref.ask(new Msg.Fail("why")), RpcRemoteException.class, false, true);
    assertThat(failure).hasMessageContaining("why").hasMessageContaining("IllegalStateException");
  }

  /** RPC-13: unsupported message. */
  @Test
  void unsupportedMessage() throws Exception {
    RpcEndpointRef ref = host("e", new Recorder());
    row(() -> ref.ask(new Msg.Count(1)), RpcRemoteException.class, false, true);
  }

  @Test
  void replyOfAnotherType() throws Exception {
    RpcEndpointRef ref = host("e", new Servant());
    row(
        () -> ref.ask(new Msg.Count(1), String.class),
        RpcUnexpectedReplyException.class,
        false,
        true);
  }

  /** RPC-06: timeout, already written. */
  @Test
  void timeoutOfWhatWasWritten() throws Exception {
    Servant servant = new Servant();
    RpcEndpointRef ref = host("e", servant);
    RpcFuture<String> ask = ref.ask(new Msg.Never(), Duration.ofMillis(300));
    servant.awaitKept(1);
    row(() -> ask, RpcTimeoutException.class, true, true);
  }

  /** A timer's stack says nothing; that of the one who waited says what was asked, and where. */
  @Test
  void timeoutOfABlockingCallHasItsStack() throws Exception {
    RpcEndpointRef ref = host("e", new Servant());
    assertThatThrownBy(() -> ref.askSync(new Msg.Never(), Duration.ofMillis(50)))
        .isInstanceOf(RpcTimeoutException.class)
        .satisfies(
            e ->
                assertThat(e.getStackTrace())
                    .extracting(StackTraceElement::getClassName)
                    .contains(FailureTableContract.class.getName()));
    RpcTimeoutException timedOut =
        Failures.of(ref.ask(new Msg.Never(), Duration.ofMillis(50)), RpcTimeoutException.class);
    assertThat(timedOut.getStackTrace()).isEmpty();
  }

  /** RPC-21: this env stopped, and the message was written. */
  @Test
  void thisEnvStopped() throws Exception {
    Servant servant = new Servant();
    RpcEndpointRef ref = host("e", servant);
    RpcFuture<String> ask = ref.ask(new Msg.Never());
    servant.awaitKept(1);
    client().shutdown();
    RpcEnvStoppedException failure = row(() -> ask, RpcEnvStoppedException.class, false, true);
    assertThat(failure).hasMessageContaining(client().name());
  }

  /** RPC-21: this env stopped, and the message was never written. */
  @Test
  void thisEnvHadStoppedBefore() throws Exception {
    RpcEndpointRef ref = host("e", new Servant());
    client().shutdown();
    row(() -> ref.ask(new Msg.Echo("x")), RpcEnvStoppedException.class, false, false);
    assertThatThrownBy(() -> ref.send(new Msg.Tick(1))).isInstanceOf(RpcEnvStoppedException.class);
  }

  /** RPC-08: aborted and cancelled. */
  @Test
  void abortedOrCancelled() throws Exception {
    RpcEndpointRef ref = host("e", new Servant());
    RpcFuture<String> aborted = ref.ask(new Msg.Never());
    Exception cause = new Exception("enough");
    aborted.abort(cause);
    assertThat(Failures.of(aborted)).isSameAs(cause);
    RpcFuture<String> cancelled = ref.ask(new Msg.Never());
    cancelled.cancel(false);
    assertThatThrownBy(cancelled::join).isInstanceOf(CancellationException.class);
  }

  /** RPC-08: a thread that is interrupted already gives up at once. */
  @Test
  void askSyncOfAnInterruptedThread() {
    RpcEndpointRef ref = host("e", new Servant());
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> ref.askSync(new Msg.Never()))
          .isInstanceOf(RpcAbortedException.class)
          .satisfies(e -> assertThat(((RpcException) e).retriable()).isFalse());
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
  }
}
