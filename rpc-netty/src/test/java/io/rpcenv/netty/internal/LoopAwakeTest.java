// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A loop learns from the first that there is to do after a sleep, whatever that is. */
@Timeout(40)
class LoopAwakeTest {

  /** Without time to poll, every wait of the loop is a sleep. */
  private static NettyThreads start(String transport, String longest) {
    return NettyThreads.start(
        "awake",
        TestEnv.conf(
            "rpc.io.threads", "1", "rpc.poll.maxTime", longest, "rpc.transport", transport));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "nio"})
  void taskWakesIt(String transport) throws Exception {
    NettyThreads threads = start(transport, "0");
    NettyEventLoop loop = threads.loops().get(0);
    for (int i = 0; i < 20; i++) {
      CompletableFuture<Boolean> asleep = new CompletableFuture<>();
      loop.execute(() -> asleep.complete(loop.strategy().isAsleep()));
      assertThat(asleep.get(20, TimeUnit.SECONDS)).isFalse();
    }
    threads.shutdown();
  }

  /** Also where each task is followed by a wake-up in vain, as with NIO. */
  @ParameterizedTest
  @ValueSource(strings = {"auto", "nio"})
  void tasksNowAndThenAreNotPolledFor(String transport) throws Exception {
    NettyThreads threads = start(transport, "50us");
    NettyEventLoop loop = threads.loops().get(0);
    long polled = Long.MAX_VALUE;
    for (int i = 0; i < 200 && polled > 0; i++) {
      LockSupport.parkNanos(5_000_000);
      CompletableFuture<Long> nanos = new CompletableFuture<>();
      loop.execute(() -> nanos.complete(loop.strategy().pollNanos()));
      polled = i < 20 ? Long.MAX_VALUE : nanos.get(20, TimeUnit.SECONDS);
    }
    assertThat(polled).isZero();
    threads.shutdown();
  }

  @Test
  void messageWakesIt() throws Exception {
    NettyThreads threads = start("auto", "0");
    NettyEventLoop loop = threads.loops().get(0);
    try (TestEnv env = new TestEnv("one", threads)) {
      CompletableFuture<Boolean> asleep = new CompletableFuture<>();
      env.acceptor =
          connection ->
              connection.start(
                  new Recorder(connection) {
                    @Override
                    public void cancel(long callId) {
                      asleep.complete(loop.strategy().isAsleep());
                    }
                  });
      Recorder client = env.listening().connect(env.address());
      client.write(() -> client.connection.writeCancel(1));
      assertThat(asleep.get(20, TimeUnit.SECONDS)).isFalse();
    }
  }
}
