// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.EndpointOptions;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcFuture;
import io.rpcenv.RpcTimeout;
import io.rpcenv.testing.Jvm;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Promises 2 and 3: serial by default, and in the order of each sending thread. */
public abstract class OrderContract extends Contract {

  /** SPARK_11098_orderKept */
  @Test
  void sendsAndAsksOfOneThreadShareOneOrder() throws Exception {
    Row row = new Row();
    RpcEndpointRef ref = host("row", row);
    inOrder(row, 4, 1000, (thread, n) -> ref, n -> 0);
  }

  /** One path, whichever ref object is used. */
  @Test
  void theOrderIsOneWhicheverRefObjectIsUsed() throws Exception {
    Row row = new Row();
    RpcEndpointRef ref = host("row", row);
    RpcEndpointRef other = ref.withTimeout(RpcTimeout.of(LONG));
    RpcEndpointRef third = ref.askSync(new Msg.WhoAreYou());
    assertThat(other).isEqualTo(ref);
    assertThat(third).isEqualTo(ref);
    List<RpcEndpointRef> refs = List.of(ref, other, third);
    inOrder(row, 3, 600, (thread, n) -> refs.get(n % 3), n -> 0);
  }

  /** A later message waits for a large one to the same endpoint. */
  @Test
  void largeMessagesAreNotOvertaken() throws Exception {
    lab.conf("rpc.chunk.size", "4k");
    Row row = new Row();
    RpcEndpointRef ref = host("row", row);
    inOrder(row, 2, 200, (thread, n) -> ref, n -> n % 10 == 0 ? 50_000 : n % 7 == 0 ? 5_000 : 0);
  }

  /** Endpoints on other executors keep the order, too. */
  @Test
  void endpointsOnEveryExecutorKeepTheOrder() throws Exception {
    for (io.rpcenv.EndpointExecutor executor : Jvm.executors()) {
      Row row = new Row();
      RpcEndpointRef ref =
          lab.host("row" + executor, row, EndpointOptions.serial().withExecutor(executor));
      inOrder(row, 3, 300, (thread, n) -> ref, n -> 0);
    }
  }

  /** Promise 2: two messages never run at the same time, on any executor. */
  @Test
  void aSerialEndpointNeverRunsTwoMessagesAtOnce() throws Exception {
    lab.serverConf("rpc.netty.dispatcher.numThreads", "4");
    for (io.rpcenv.EndpointExecutor executor : Jvm.executors()) {
      Overlap overlap = new Overlap();
      RpcEndpointRef ref =
          lab.host("serial" + executor, overlap, EndpointOptions.serial().withExecutor(executor));
      Crew.run(
          6,
          thread -> {
            for (int i = 0; i < 200; i++) {
              ref.send(new Msg.Tick(i));
            }
            ref.askSync(new Msg.Count(0));
          });
      assertThat(overlap.most.get()).as("handlers at once on %s", executor).isEqualTo(1);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // yields to provoke overlaps, relies on nothing
  private static final class Overlap extends RpcEndpoint {
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Override
    public void receive(Object message) {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      Thread.yield();
      now.decrementAndGet();
    }

    @Override
    public void receiveAndReply(Object message, RpcCallContext call) {
      receive(message);
      call.reply(0);
    }
  }

  /** Picks the ref for one message. */
  @FunctionalInterface
  private interface Pick {
    RpcEndpointRef ref(int thread, int n);
  }

  /** Says how large one message is. */
  @FunctionalInterface
  private interface Size {
    int of(int n);
  }

  private static void inOrder(Row row, int threads, int each, Pick pick, Size size)
      throws Exception {
    Crew.run(
        threads,
        thread -> {
          List<RpcFuture<Integer>> asks = new ArrayList<>();
          for (int n = 0; n < each; n++) {
            Msg.Step step = new Msg.Step(thread, n, new byte[size.of(n)]);
            if (n % 4 == 3) {
              asks.add(pick.ref(thread, n).ask(step));
            } else {
              pick.ref(thread, n).send(step);
            }
          }
          for (RpcFuture<Integer> ask : asks) {
            Failures.reply(ask);
          }
        });
    for (int thread = 0; thread < threads; thread++) {
      int sender = thread;
      Eventually.await("all of " + sender, () -> row.of(sender).size() == each);
      assertThat(row.of(sender)).as("sender %s", sender).isSorted();
    }
  }

  /** Keeps the messages in the order they came. */
  private static final class Row extends RpcEndpoint {
    private final Queue<Msg.Step> steps = new ConcurrentLinkedQueue<>();

    List<Integer> of(int sender) {
      return steps.stream().filter(s -> s.sender() == sender).map(Msg.Step::n).toList();
    }

    @Override
    public void receive(Object message) {
      steps.add((Msg.Step) message);
    }

    @Override
    public void receiveAndReply(Object message, RpcCallContext call) {
      if (message instanceof Msg.Step step) {
        steps.add(step);
        call.reply(step.n());
      } else {
        call.reply(self());
      }
    }
  }
}
