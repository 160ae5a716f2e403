// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.EndpointOptions;
import io.rpcenv.RetryPolicy;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpointNotFoundException;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnvStoppedException;
import io.rpcenv.RpcFuture;
import io.rpcenv.RpcOverloadedException;
import io.rpcenv.RpcRemoteException;
import io.rpcenv.RpcTimeoutException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Ask with retry: only what certainly did not execute is repeated, unless idempotent. */
public abstract class RetryContract extends Contract {

  private final Set<RpcCallContext> answered = new HashSet<>();

  private static RetryPolicy policy(int attempts, int intervalMillis, int timeoutMillis) {
    return RetryPolicy.attempts(attempts)
        .withInterval(Duration.ofMillis(intervalMillis))
        .withAttemptTimeout(Duration.ofMillis(timeoutMillis));
  }

  private static final class Slow extends Servant {
    private final Gate gate;

    Slow(Gate gate) {
      this.gate = gate;
    }

    @Override
    public void receive(Object message) throws Exception {
      gate.pass();
    }
  }

  private RpcEndpointRef fullInbox(Gate gate) throws Exception {
    RpcEndpointRef ref =
        lab.host("full", new Slow(gate), EndpointOptions.serial().withInboxCapacity(1));
    ref.send(new Msg.Tick(0));
    gate.awaitReached();
    for (int i = 1; i < 3; i++) {
      ref.ask(new Msg.Count(i));
    }
    return ref;
  }

  @Test
  void whatCertainlyDidNotExecuteIsRepeatedUntilItSucceeds() throws Exception {
    Gate gate = lab.gate();
    RpcEndpointRef ref = fullInbox(gate);
    Failures.of(ref.ask(new Msg.Count(9)), RpcOverloadedException.class);
    RpcFuture<Integer> ask = ref.askWithRetry(new Msg.Count(42), policy(1000, 10, 10_000));
    RpcFuture<Object> untyped =
        ref.askWithRetry(new Msg.Count(43), Object.class, policy(1000, 10, 10_000));
    int before = lab.watcher(server()).posted("full").size();
    gate.open();
    assertThat(Failures.reply(ask)).isEqualTo(42);
    assertThat(Failures.reply(untyped)).isEqualTo(43);
    assertThat(lab.watcher(server()).posted("full").size()).isGreaterThanOrEqualTo(before);
  }

  @Test
  void theLastFailureIsReportedAfterAllAttemptsAndTheirPauses() throws Exception {
    RpcEndpointRef ref = fullInbox(lab.gate());
    long begin = System.nanoTime();
    RpcOverloadedException failure =
        Failures.of(
            ref.askWithRetry(new Msg.Count(1), policy(4, 50, 10_000)),
            RpcOverloadedException.class);
    Failures.row(failure, true, false);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    assertThat(millis).as("three pauses of 50 ms").isBetween(149L, 5_000L);
  }

  /** SPARK_19347_retryOnce: what failed for good is tried once. */
  @Test
  void whatTheHandlerRefusedIsNotRepeated() throws Exception {
    Servant servant = new Servant();
    RpcEndpointRef ref = host("e", servant);
    RetryPolicy policy = policy(5, 10, 10_000).asIdempotent();
    Failures.of(ref.askWithRetry(new Msg.Fail("x"), policy), RpcRemoteException.class);
    assertThat(servant.failed()).isEqualTo(1);
    servant.stop();
    Eventually.await("stopped", () -> lab.watcher(server()).stopped().contains("e"));
    Failures.of(ref.askWithRetry(new Msg.Echo("x"), policy), RpcEndpointNotFoundException.class);
  }

  @Test
  void whatMayHaveExecutedIsNotRepeated() throws Exception {
    Servant servant = new Servant();
    RpcEndpointRef ref = host("e", servant);
    RpcFuture<String> ask = ref.askWithRetry(new Msg.Never(), policy(5, 10, 150));
    servant.awaitKept(1);
    RpcTimeoutException failure = Failures.of(ask, RpcTimeoutException.class);
    Failures.row(failure, true, true);
    assertThat(servant.kept()).hasSize(1);
  }

  @Test
  void anIdempotentMessageIsRepeated() throws Exception {
    Servant servant = new Servant();
    RpcEndpointRef ref = host("e", servant);
    RpcFuture<String> ask = ref.askWithRetry(new Msg.Never(), policy(4, 10, 100).asIdempotent());
    Failures.of(ask, RpcTimeoutException.class);
    Eventually.awaitEqual(4, () -> servant.kept().size());
    RpcFuture<String> second =
        ref.askWithRetry(new Msg.Never(), policy(50, 10, 200).asIdempotent());
    // An attempt that ends just before its answer is repeated; some attempt gets its answer.
    Eventually.await(
        "answered",
        () -> {
          servant.kept().stream().skip(4).filter(c -> !c.isCancelled()).forEach(this::answerOnce);
          return second.isDone();
        });
    assertThat(Failures.reply(second)).isEqualTo("at last");
  }

  private void answerOnce(RpcCallContext call) {
    if (answered.add(call)) {
      call.reply("at last");
    }
  }

  @Test
  void givingUpEndsTheAttempts() throws Exception {
    Servant servant = new Servant();
    RpcEndpointRef ref = host("e", servant);
    RpcFuture<String> ask =
        ref.askWithRetry(new Msg.Never(), policy(1000, 5, 10_000).asIdempotent());
    RpcCallContext call = servant.awaitKept(1);
    Exception cause = new Exception("enough");
    assertThat(ask.abort(cause)).isTrue();
    assertThat(Failures.of(ask)).isSameAs(cause);
    Eventually.await("the receiver learns of it", call::isCancelled);
    assertThat(servant.kept()).hasSize(1);
  }

  /** RPC-21 */
  @Test
  void theEndOfTheEnvEndsTheAttempts() throws Exception {
    RpcEndpointRef ref = fullInbox(lab.gate());
    RpcFuture<Integer> ask = ref.askWithRetry(new Msg.Count(1), policy(100_000, 20, 10_000));
    assertThat(ask).isNotDone();
    client().shutdown();
    Failures.of(ask, RpcEnvStoppedException.class);
  }
}
