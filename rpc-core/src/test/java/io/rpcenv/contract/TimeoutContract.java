// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcConfKeys;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcFuture;
import io.rpcenv.RpcTimeout;
import io.rpcenv.RpcTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Promise 7, timeouts name themselves: RPC-06, RPC-07. */
public abstract class TimeoutContract extends Contract {

  /** RPC-06, SPARK_6980_timeoutNamesKey, SPARK_31233_peerNeverNull, GRPC_5892_timeline */
  @Test
  void aTimeoutNamesItsKeyOnceAndWhatItWaitedFor() throws Exception {
    lab.conf("rpc.askTimeout", "150ms");
    RpcEndpointRef ref = host("sleepy", new Servant());
    RpcTimeoutException failure = Failures.of(ref.ask(new Msg.Never()), RpcTimeoutException.class);
    Failures.row(failure, true, true);
    assertThat(Failures.count(failure.getMessage(), "rpc.askTimeout")).isEqualTo(1);
    assertThat(failure)
        .hasMessageContaining("sleepy")
        .hasMessageContaining("Never")
        .hasMessageContaining("150ms")
        .hasMessageFindingMatch("after \\d+ ?ms|\\d+ ?ms ");
    assertThat(failure)
        .as("where it was stuck")
        .hasMessageContaining(lab.remote() ? "sent" : "being handled or unanswered");
    assertThat(failure.getMessage()).doesNotContain("null");
    server()
        .address()
        .ifPresent(address -> assertThat(failure).hasMessageContaining(address.hostPort()));
  }

  /** RPC-06: not before its time either. */
  @Test
  void aTimeoutWaitsAsLongAsItSays() throws Exception {
    RpcEndpointRef ref = host("sleepy", new Servant());
    long begin = System.nanoTime();
    RpcFuture<String> ask = ref.ask(new Msg.Never(), Duration.ofMillis(120));
    RpcTimeoutException failure = Failures.of(ask, RpcTimeoutException.class);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    assertThat(millis).isBetween(119L, 5_000L);
    assertThat(failure.getMessage()).doesNotContain("rpc.askTimeout");
  }

  /** RPC-06: askSync fails with the same. */
  @Test
  void askSyncThrowsTheTimeoutItself() {
    RpcEndpointRef ref = host("sleepy", new Servant());
    assertThatThrownBy(() -> ref.askSync(new Msg.Never(), Duration.ofMillis(50)))
        .isInstanceOf(RpcTimeoutException.class)
        .hasMessageContaining("sleepy");
  }

  /** RPC-06: also when the future is awaited later with its own timeout. */
  @Test
  void awaitingATimedOutAskNamesTheAsksOwnKeyOnce() throws Exception {
    lab.conf("rpc.askTimeout", "80ms");
    RpcEndpointRef ref = host("sleepy", new Servant());
    RpcFuture<String> ask = ref.ask(new Msg.Never());
    Failures.of(ask, RpcTimeoutException.class);
    RpcTimeout later = RpcTimeout.of(client().conf(), RpcConfKeys.LOOKUP_TIMEOUT);
    assertThatThrownBy(() -> later.await(ask))
        .isInstanceOf(RpcTimeoutException.class)
        .satisfies(
            e -> assertThat(Failures.count(Failures.texts(e), "rpc.askTimeout")).isEqualTo(1))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("rpc.lookupTimeout"));
  }

  /** RPC-06: a wait that ends before the ask names its own key. */
  @Test
  void awaitingAPendingAskTooShortlyNamesTheKeyOfTheWait() throws Exception {
    Servant servant = new Servant();
    RpcEndpointRef ref = host("sleepy", servant);
    RpcFuture<String> ask = ref.ask(new Msg.Never());
    RpcTimeout brief = RpcTimeout.of(Duration.ofMillis(30), "my.brief.key");
    assertThatThrownBy(() -> brief.await(ask))
        .isInstanceOf(RpcTimeoutException.class)
        .hasMessageContaining("my.brief.key");
    servant.awaitKept(1).reply("still wanted");
    assertThat(Failures.reply(ask)).isEqualTo("still wanted");
  }

  /** RPC-06, RPC-07 */
  @Test
  void aRefsOwnTimeoutNamesItsKey() throws Exception {
    RpcEndpointRef ref = host("sleepy", new Servant());
    RpcEndpointRef brief = ref.withTimeout(RpcTimeout.of(Duration.ofMillis(60), "my.own.key"));
    RpcTimeoutException failure =
        Failures.of(brief.ask(new Msg.Never()), RpcTimeoutException.class);
    assertThat(Failures.count(failure.getMessage(), "my.own.key")).isEqualTo(1);
    assertThat(failure.getMessage()).doesNotContain("rpc.askTimeout");
    assertThat(brief.askSync(new Msg.Echo("quick"))).isEqualTo("quick");
  }

  /** RPC-07: rpc.askTimeout falls back to spark.network.timeout. */
  @Test
  void asksFallBackToTheNetworkTimeout() throws Exception {
    RpcEndpointRef ref = host("sleepy", new Servant());
    RpcTimeout timeout =
        RpcTimeout.of(
            io.rpcenv.RpcConf.builder().set("spark.network.timeout", "70ms").build(),
            RpcConfKeys.ASK_TIMEOUT);
    assertThat(timeout.duration()).isEqualTo(Duration.ofMillis(70));
    RpcTimeoutException failure =
        Failures.of(ref.withTimeout(timeout).ask(new Msg.Never()), RpcTimeoutException.class);
    assertThat(Failures.count(failure.getMessage(), timeout.key())).isEqualTo(1);
  }

  /** Promise 4, a late reply is not accepted. */
  @Test
  void aReplyAfterTheTimeoutDoesNothingAndSaysSo() throws Exception {
    Servant servant = new Servant();
    RpcEndpointRef ref = host("sleepy", servant);
    RpcFuture<String> ask = ref.ask(new Msg.Never(), Duration.ofMillis(50));
    RpcCallContext call = servant.awaitKept(1);
    Failures.of(ask, RpcTimeoutException.class);
    Eventually.await("the receiver learns of it", call::isCancelled);
    assertThat(servant.cancelled().await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(call.reply("too late")).isFalse();
    assertThat(ref.askSync(new Msg.Echo("next"))).isEqualTo("next");
    assertThat(Failures.of(ask)).isInstanceOf(RpcTimeoutException.class);
  }

  /** SPARK_11866_pendingCleaned */
  @Test
  void manyTimedOutAsksLeaveNothingPending() throws Exception {
    RpcEndpointRef ref = host("sleepy", new Servant());
    List<RpcFuture<String>> asks = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      asks.add(ref.ask(new Msg.Never(), Duration.ofMillis(20 + i % 100)));
    }
    for (RpcFuture<String> ask : asks) {
      Failures.of(ask, RpcTimeoutException.class);
    }
    Eventually.await(
        "nothing pending",
        () -> client().stats().peers().stream().allMatch(p -> p.pendingAsks() == 0));
  }

  /** Many deadlines at once, each on its own time. */
  @Test
  void shortDeadlinesEndBeforeLongOnes() throws Exception {
    RpcEndpointRef ref = host("sleepy", new Servant());
    RpcFuture<String> longer = ref.ask(new Msg.Never(), Duration.ofSeconds(25));
    RpcFuture<String> shorter = ref.ask(new Msg.Never(), Duration.ofMillis(50));
    Failures.of(shorter, RpcTimeoutException.class);
    assertThat(longer).isNotDone();
    longer.cancel(false);
  }

  /** SPARK_44241_zeroAndNegativeTimeouts */
  @Test
  void aTimeoutMustBePositive() {
    RpcEndpointRef ref = host("e", new Servant());
    for (Duration bad : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
      assertThatThrownBy(() -> ref.ask(new Msg.Echo("x"), bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("timeout: ")
          .hasMessageContaining("(expected: ");
      assertThatThrownBy(() -> ref.askSync(new Msg.Echo("x"), String.class, bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
    Duration huge = Duration.ofSeconds(Long.MAX_VALUE);
    assertThat(ref.askSync(new Msg.Echo("x"), huge)).isEqualTo("x");
  }
}
