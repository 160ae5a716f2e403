// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointNotFoundException;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEndpointStoppedException;
import io.rpcenv.RpcException;
import io.rpcenv.RpcFuture;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Promise 1, the life-cycle of an endpoint: RPC-09, RPC-11, RPC-12. */
public abstract class LifecycleContract extends Contract {

  /** RPC-09 */
  @Test
  void hooksRunOnceAndInOrder() {
    Recorder recorder = new Recorder();
    RpcEndpointRef ref = host("e", recorder);
    ref.send(new Msg.Tick(1));
    ref.askSync(new Msg.Echo("2"));
    ref.send(new Msg.Tick(3));
    ref.askSync(new Msg.Echo("4"));
    recorder.stop();
    recorder.awaitEvents(
        "start", "receive Tick[n=1]", "ask 2", "receive Tick[n=3]", "ask 4", "stop");
    assertThat(recorder.errors()).isEmpty();
  }

  /** RPC-09, FLINK_37607_scheduleBeforeStart */
  @Test
  void messagesThatComeBeforeOnStartWaitForIt() throws Exception {
    Gate gate = lab.gate();
    Recorder slow =
        new Recorder() {
          @Override
          public void onStart() throws Exception {
            gate.pass();
            note("start");
          }
        };
    RpcEndpointRef ref = host("slow", slow);
    RpcFuture<String> ask = ref.ask(new Msg.Echo("1"));
    ref.send(new Msg.Tick(2));
    gate.awaitReached();
    assertThat(slow.events()).isEmpty();
    gate.open();
    assertThat(Failures.reply(ask)).isEqualTo("1");
    slow.awaitEvents("start", "ask 1", "receive Tick[n=2]");
  }

  /** RPC-09 */
  @Test
  void stoppingAgainFromAnywhereStopsOnce() throws Exception {
    CompletableFuture<RpcEndpointRef> own = new CompletableFuture<>();
    Recorder recorder =
        new Recorder() {
          @Override
          public void onStart() throws Exception {
            super.onStart();
            own.complete(self());
          }

          @Override
          public void receive(Object message) throws Exception {
            super.receive(message);
            stop();
            stop();
            rpcEnv().stop(self());
          }

          @Override
          public void onStop() throws Exception {
            super.onStop();
            stop();
          }
        };
    RpcEndpointRef ref = host("e", recorder);
    ref.send(new Msg.Tick(1));
    Eventually.await("stopped", () -> recorder.events().contains("stop"));
    server().stop(Failures.reply(own));
    recorder.stop();
    Eventually.awaitEqual(
        1, () -> (int) lab.watcher(server()).stopped().stream().filter("e"::equals).count());
    recorder.awaitEvents("start", "receive Tick[n=1]", "stop");
    assertThat(recorder.errors()).isEmpty();
  }

  /** RPC-09: a plain int, written by a serial endpoint, a hundred times over. */
  @Test
  void aPlainIntCountsThousandMessagesOfTenThreads() throws Exception {
    for (int round = 0; round < 100; round++) {
      Counter counter = new Counter();
      RpcEndpointRef ref = host("counter" + round, counter);
      Crew.run(
          10,
          thread -> {
            for (int i = 0; i < 100; i++) {
              ref.send(new Msg.Tick(i));
            }
            ref.askSync(new Msg.Echo("sent"));
          });
      counter.stop();
      assertThat(Failures.reply(counter.total)).isEqualTo(1000);
    }
  }

  private static final class Counter extends RpcEndpoint {
    private final CompletableFuture<Integer> total = new CompletableFuture<>();
    private int count;

    @Override
    public void receive(Object message) {
      count++;
    }

    @Override
    public void receiveAndReply(Object message, RpcCallContext call) {
      call.reply("counted");
    }

    @Override
    public void onStop() {
      total.complete(count);
    }
  }

  /** Promise 1: onError, then onStop, then the queued asks fail with the cause. */
  @Test
  void anOnStartThatThrowsEndsTheEndpointAndItsQueue() throws Exception {
    Gate gate = lab.gate();
    Recorder broken =
        new Recorder() {
          @Override
          public void onStart() throws Exception {
            gate.pass();
            throw new IllegalStateException("no start today");
          }

          @Override
          public void onError(Throwable cause) throws Exception {
            note("error " + cause.getMessage());
          }
        };
    RpcEndpointRef ref = host("broken", broken);
    RpcFuture<String> queued = ref.ask(new Msg.Echo("queued"));
    gate.awaitReached();
    Eventually.await("posted", () -> lab.watcher(server()).posted("broken").size() == 1);
    gate.open();
    RpcException failure = Failures.of(queued, RpcException.class);
    assertThat(failure).isInstanceOf(RpcEndpointStoppedException.class);
    assertThat(Failures.texts(failure)).contains("no start today");
    broken.awaitEvents("error no start today", "stop");
    Failures.of(ref.ask(new Msg.Echo("later")), RpcEndpointNotFoundException.class);
  }

  /** RPC-11 */
  @Test
  void selfIsThereFromOnStartUpToOnStop() throws Exception {
    CompletableFuture<RpcEndpointRef> inStart = new CompletableFuture<>();
    CompletableFuture<RpcEndpointRef> inReceive = new CompletableFuture<>();
    CompletableFuture<Throwable> inStop = new CompletableFuture<>();
    RpcEndpoint endpoint =
        new RpcEndpoint() {
          @Override
          public void onStart() {
            inStart.complete(self());
          }

          @Override
          public void receive(Object message) {
            inReceive.complete(self());
          }

          @Override
          public void onStop() {
            try {
              self();
              inStop.complete(new AssertionError("self() in onStop"));
            } catch (IllegalStateException e) {
              inStop.complete(e);
            }
          }
        };
    assertThatThrownBy(endpoint::self).isInstanceOf(IllegalStateException.class);
    RpcEndpointRef ref = host("me", endpoint);
    ref.send(new Msg.Tick(1));
    assertThat(Failures.reply(inStart)).isEqualTo(ref);
    assertThat(Failures.reply(inReceive)).isEqualTo(ref);
    assertThat(Failures.reply(inReceive).name()).isEqualTo("me");
    endpoint.stop();
    assertThat(Failures.reply(inStop))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("me")
        .hasMessageContainingAll("stop");
    assertThat(endpoint.rpcEnv()).isSameAs(server());
  }

  /** A name is free again once its endpoint has stopped, and an old ref then means the new one. */
  @Test
  void aNameCanBeTakenAgainAfterItsEndpointStopped() {
    Recorder first = new Recorder();
    RpcEndpointRef ref = host("again", first);
    ref.askSync(new Msg.Echo("1"));
    first.stop();
    Eventually.await("stopped", () -> lab.watcher(server()).stopped().contains("again"));
    server().setupEndpoint("again", new Recorder());
    assertThat(ref.askSync(new Msg.Echo("2"))).isEqualTo("2");
    assertThat(first.events()).containsExactly("start", "ask 1", "stop");
  }
}
