// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.EndpointOptions;
import io.rpcenv.RetryPolicy;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcFuture;
import io.rpcenv.RpcRemoteException;
import io.rpcenv.RpcTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Promise 14, blocking is caught. */
public abstract class BlockingContract extends Contract {

  private static final RetryPolicy TWICE =
      RetryPolicy.attempts(2).withAttemptTimeout(Duration.ofSeconds(6));

  /** Does something that blocks, in its handler. */
  @FunctionalInterface
  private interface Blocking {
    Object run(RpcEndpoint self) throws Exception;
  }

  private static RpcEndpoint doing(Blocking blocking) {
    return new RpcEndpoint() {
      @Override
      public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
        if (message instanceof Msg.Count count && count.n() == 0) {
          call.reply(0);
        } else {
          call.reply(blocking.run(this));
        }
      }
    };
  }

  private RpcRemoteException failureOf(String name, Blocking blocking) throws Exception {
    RpcEndpointRef ref = host(name, doing(blocking));
    long begin = System.nanoTime();
    RpcRemoteException failure = Failures.of(ref.ask(new Msg.Count(1)), RpcRemoteException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    return failure;
  }

  /** Promise 14: a serial endpoint that would wait for itself fails at once. */
  @Test
  void aSerialEndpointThatAsksItselfFailsAtOnce() throws Exception {
    List<Blocking> all =
        List.of(
            self -> self.self().askSync(new Msg.Count(0)),
            self -> self.self().askSync(new Msg.Count(0), Integer.class, LONG),
            self -> self.self().ask(new Msg.Count(0)).get(),
            self -> self.self().ask(new Msg.Count(0)).join(),
            self -> self.self().askWithRetry(new Msg.Count(0), TWICE).get(),
            self -> self.self().askWithRetry(new Msg.Count(0), Integer.class, TWICE).join());
    for (int i = 0; i < all.size(); i++) {
      RpcRemoteException failure = failureOf("self" + i, all.get(i));
      assertThat(failure.remoteClassName()).isEqualTo(IllegalStateException.class.getName());
      assertThat(failure).hasMessageContaining("self" + i);
    }
  }

  /** Promise 14: awaitTermination on a thread of the env itself. */
  @Test
  void awaitingTheEndOnAThreadOfTheEnvFailsAtOnce() throws Exception {
    RpcRemoteException failure =
        failureOf(
            "waiter",
            self -> {
              self.rpcEnv().awaitTermination();
              return 1;
            });
    assertThat(failure.remoteClassName()).isEqualTo(IllegalStateException.class.getName());
    RpcRemoteException timed =
        failureOf("timed", self -> self.rpcEnv().awaitTermination(LONG) ? 1 : 2);
    assertThat(timed.remoteClassName()).isEqualTo(IllegalStateException.class.getName());
  }

  /** SPARK_13906_oneDispatcherThreadNoDeadlock: a spare thread stands in; one WARN with a stack. */
  @Test
  void blockingCallsOnOneDispatcherThreadDoNotDeadlock() throws Exception {
    lab.serverConf("rpc.netty.dispatcher.numThreads", "1");
    server().setupEndpoint("link0", doing(self -> 7));
    RpcEndpointRef next = null;
    try (LogCapture log = new LogCapture()) {
      for (int i = 1; i <= 10; i++) {
        RpcEndpointRef before =
            i == 1 ? server().setupEndpoint("last", doing(self -> 7)) : nonNull(next);
        boolean sync = i % 2 == 0;
        next =
            server()
                .setupEndpoint(
                    "link" + i,
                    doing(
                        self ->
                            sync
                                ? before.askSync(new Msg.Count(1))
                                : before.ask(new Msg.Count(1)).get()));
      }
      assertThat(nonNull(next).askSync(new Msg.Count(1))).isEqualTo(7);
      assertThat(nonNull(next).askSync(new Msg.Count(1))).isEqualTo(7);
      assertThat(log.warnings("BlockingContract")).hasSize(1);
    }
  }

  private static RpcEndpointRef nonNull(@org.jspecify.annotations.Nullable RpcEndpointRef ref) {
    return java.util.Objects.requireNonNull(ref);
  }

  /** Promise 14: spare threads end with the call. */
  @Test
  void spareThreadsAreGoneAfterwards() throws Exception {
    lab.serverConf("rpc.netty.dispatcher.numThreads", "1");
    Servant servant = new Servant();
    RpcEndpointRef inner = server().setupEndpoint("inner", servant);
    RpcEndpointRef echo = host("echo", new Servant());
    RpcEndpointRef outer = host("outer", doing(self -> inner.askSync(new Msg.Never()).length()));
    echo.askSync(new Msg.Echo("warm"));
    int before = Leftovers.threads(server().name()).size();
    RpcFuture<Integer> ask = outer.ask(new Msg.Count(1));
    servant.awaitKept(1);
    assertThat(echo.askSync(new Msg.Echo("meanwhile"))).isEqualTo("meanwhile");
    servant.kept().get(0).reply("four");
    assertThat(Failures.reply(ask)).isEqualTo(4);
    Eventually.await("spares end", () -> Leftovers.threads(server().name()).size() <= before);
  }

  /** Promise 14: without spare threads the call waits, and its timeout ends it. */
  @Test
  void withoutSpareThreadsABlockingCallEndsByItsTimeout() throws Exception {
    lab.serverConf("rpc.netty.dispatcher.numThreads", "1");
    lab.serverConf("rpc.dispatcher.maxSpareThreads", "0");
    RpcEndpointRef inner = server().setupEndpoint("inner", new Servant());
    RpcRemoteException failure =
        failureOf("outer", self -> inner.askSync(new Msg.Count(1), Duration.ofMillis(150)));
    assertThat(failure.remoteClassName()).isEqualTo(RpcTimeoutException.class.getName());
    RpcEndpointRef ref = host("after", new Servant());
    assertThat(ref.askSync(new Msg.Echo("alive"))).isEqualTo("alive");
  }

  /** An endpoint with parallelism may ask itself. */
  @Test
  void aParallelEndpointMayAskItself() throws Exception {
    lab.serverConf("rpc.netty.dispatcher.numThreads", "2");
    RpcEndpointRef ref =
        lab.host(
            "parallel",
            doing(self -> self.self().askSync(new Msg.Count(0))),
            EndpointOptions.serial().withParallelism(2));
    assertThat(ref.askSync(new Msg.Count(1))).isEqualTo(0);
  }
}
