// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.DropReason;
import io.rpcenv.EndpointOptions;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointNotFoundException;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEndpointStoppedException;
import io.rpcenv.RpcException;
import io.rpcenv.RpcFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Promise 1, stopping while messages come: RPC-12. */
public abstract class StopContract extends Contract {

  /** RPC-12 */
  @Test
  void messagesAcceptedBeforeStopAreHandledAndLaterOnesRefused() throws Exception {
    Gate gate = lab.gate();
    Recorder recorder = new GatedRecorder(gate);
    RpcEndpointRef ref = host("e", recorder);
    List<RpcFuture<String>> before = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      before.add(ref.ask(new Msg.Echo("before " + i)));
      ref.send(new Msg.Tick(i));
    }
    gate.awaitReached();
    Eventually.await("posted", () -> lab.watcher(server()).posted("e").size() == 10);
    recorder.stop();
    ref.send(new Msg.Tick(99));
    Throwable refused = Failures.of(ref.ask(new Msg.Echo("after")));
    assertThat(refused)
        .isInstanceOfAny(RpcEndpointStoppedException.class, RpcEndpointNotFoundException.class);
    Failures.row((RpcException) refused, false, false);
    assertThat(recorder.events()).doesNotContain("stop");
    gate.open();
    for (int i = 0; i < 5; i++) {
      assertThat(Failures.reply(before.get(i))).isEqualTo("before " + i);
    }
    Eventually.await("stopped", () -> recorder.events().contains("stop"));
    assertThat(recorder.events()).hasSize(12).endsWith("stop").doesNotContain("receive Tick[n=99]");
    Eventually.awaitEqual(1, () -> lab.watcher(server()).dropped("e").size());
    assertThat(lab.watcher(server()).dropped("e"))
        .containsAnyOf(DropReason.ENDPOINT_STOPPED, DropReason.NO_SUCH_ENDPOINT);
  }

  private static final class GatedRecorder extends Recorder {
    private final Gate gate;

    GatedRecorder(Gate gate) {
      this.gate = gate;
    }

    @Override
    public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
      gate.pass();
      super.receiveAndReply(message, call);
    }
  }

  /** RPC-12: posted = handled + refused, exactly, while many threads post and one stops. */
  @Test
  void everyMessageIsEitherHandledOrRefusedWhileOneStops() throws Exception {
    for (int round = 0; round < 5; round++) {
      raceAgainstStop("race" + round, EndpointOptions.serial());
    }
  }

  /** RPC-12, with several handlers at a time. */
  @Test
  void everyMessageIsEitherHandledOrRefusedWhileAParallelOneStops() throws Exception {
    for (int round = 0; round < 5; round++) {
      raceAgainstStop("race" + round, EndpointOptions.serial().withParallelism(3));
    }
  }

  private void raceAgainstStop(String name, EndpointOptions options) throws Exception {
    Tally tally = new Tally();
    RpcEndpointRef ref = lab.host(name, tally, options);
    int threads = 8;
    int each = 300;
    Queue<RpcFuture<Integer>> asks = new ConcurrentLinkedQueue<>();
    Crew.run(
        threads + 1,
        thread -> {
          if (thread == threads) {
            Eventually.await("some handled", () -> tally.handled() > 200);
            tally.stop();
            return;
          }
          for (int i = 0; i < each; i++) {
            ref.send(new Msg.Tick(i));
            asks.add(ref.ask(new Msg.Count(i)));
          }
        });
    int answered = countAnswered(asks);
    assertThat(tally.asked.get()).as("asks handled = asks answered").isEqualTo(answered);
    Eventually.awaitEqual(
        threads * each, () -> tally.sent.get() + lab.watcher(server()).dropped(name).size());
    assertThat(tally.afterStop.get()).as("handled after onStop").isZero();
    Eventually.awaitEqual(1, tally.stops::get);
  }

  private static int countAnswered(Queue<RpcFuture<Integer>> asks) throws Exception {
    int answered = 0;
    for (RpcFuture<Integer> ask : asks) {
      try {
        ask.get(15, TimeUnit.SECONDS);
        answered++;
      } catch (ExecutionException e) {
        assertThat(e.getCause())
            .isInstanceOfAny(RpcEndpointStoppedException.class, RpcEndpointNotFoundException.class);
      }
    }
    return answered;
  }

  private static final class Tally extends RpcEndpoint {
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger stops = new AtomicInteger();
    private final AtomicInteger afterStop = new AtomicInteger();

    int handled() {
      return sent.get() + asked.get();
    }

    @Override
    public void receive(Object message) {
      sent.incrementAndGet();
      afterStop.addAndGet(stops.get());
    }

    @Override
    public void receiveAndReply(Object message, RpcCallContext call) {
      asked.incrementAndGet();
      afterStop.addAndGet(stops.get());
      call.reply(((Msg.Count) message).n());
    }

    @Override
    public void onStop() {
      stops.incrementAndGet();
    }
  }

  /** RPC-09: asked to stop in an onStart that then fails, it stops once. */
  @Test
  void aStopInAnOnStartThatFailsStopsOnce() throws Exception {
    Gate gate = lab.gate();
    Recorder broken =
        new Recorder() {
          @Override
          public void onStart() throws Exception {
            gate.pass();
            stop();
            rpcEnv().stop(self());
            throw new IllegalStateException("broken");
          }
        };
    server().setupEndpoint("broken", broken);
    gate.awaitReached();
    gate.open();
    Eventually.await("stopped", () -> lab.watcher(server()).stopped().contains("broken"));
    server().close();
    assertThat(broken.events()).containsExactly("stop");
    assertThat(broken.errors()).hasSize(1);
    assertThat(lab.watcher(server()).stopped().stream().filter("broken"::equals)).hasSize(1);
  }

  /** CELEBORN_1742_stopWhenFull */
  @Test
  void anEndpointWhoseInboxIsFullStops() throws Exception {
    Gate gate = lab.gate();
    GatedRecorder recorder = new GatedRecorder(gate);
    RpcEndpointRef ref = lab.host("full", recorder, EndpointOptions.serial().withInboxCapacity(3));
    List<RpcFuture<String>> asks = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      asks.add(ref.ask(new Msg.Echo("e" + i)));
    }
    // Which of them are refused depends on when the first one is taken.
    Eventually.await("full", () -> asks.stream().anyMatch(RpcFuture::isCompletedExceptionally));
    recorder.stop();
    gate.open();
    assertThat(Failures.reply(asks.get(0))).isEqualTo("e0");
    Eventually.await("stopped", () -> recorder.events().contains("stop"));
  }
}
