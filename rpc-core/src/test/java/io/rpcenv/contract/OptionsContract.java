// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.EndpointExecutor;
import io.rpcenv.EndpointOptions;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcFuture;
import io.rpcenv.testing.Jvm;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How endpoints run: RPC-18, RPC-19. */
public abstract class OptionsContract extends Contract {

  private static final EndpointOptions DEDICATED =
      EndpointOptions.serial().withExecutor(EndpointExecutor.DEDICATED);

  /** RPC-18, with a one-thread dispatcher. */
  @Test
  void aDedicatedEndpointThatBlocksForEverDelaysNobody() throws Exception {
    lab.serverConf("rpc.netty.dispatcher.numThreads", "1");
    Gate gate = lab.gate();
    RpcEndpointRef blocked = lab.host("blocked", new Blocker(gate), DEDICATED);
    RpcEndpointRef other = host("other", new Servant());
    blocked.send(new Msg.Tick(1));
    gate.awaitReached();
    for (int i = 0; i < 20; i++) {
      assertThat(other.askSync(new Msg.Count(i))).isEqualTo(i);
    }
    RpcEndpointRef third = lab.host("third", new Servant(), DEDICATED);
    assertThat(third.askSync(new Msg.Echo("x"))).isEqualTo("x");
  }

  /** RPC-18: an endpoint's own options count, too; the argument wins over them. */
  @Test
  void theArgumentWinsOverTheEndpointsOwnOptions() throws Exception {
    String shared = threadOf("a", EndpointOptions.serial(), null);
    String dedicated = threadOf("b", DEDICATED, null);
    String toShared = threadOf("c", DEDICATED, EndpointOptions.serial());
    String toDedicated = threadOf("d", EndpointOptions.serial(), DEDICATED);
    assertThat(List.of(shared, dedicated, toShared, toDedicated))
        .allMatch(n -> n.startsWith("rpc-" + server().name() + "-"));
    assertThat(role(toShared)).isEqualTo(role(shared));
    assertThat(List.of(role(dedicated), role(toDedicated))).doesNotContain(role(shared));
  }

  private static String role(String thread) {
    return thread.replaceAll("-\\d+$", "");
  }

  private String threadOf(
      String name, EndpointOptions own, @org.jspecify.annotations.Nullable EndpointOptions argument)
      throws Exception {
    RpcEndpoint endpoint =
        new RpcEndpoint() {
          @Override
          public EndpointOptions options() {
            return own;
          }

          @Override
          public void receiveAndReply(Object message, RpcCallContext call) {
            call.reply(Thread.currentThread().getName());
          }
        };
    RpcEndpointRef ref =
        argument == null ? host(name, endpoint) : lab.host(name, endpoint, argument);
    return ref.askSync(new Msg.Echo("where?"));
  }

  /** RPC-19 */
  @Test
  void aParallelEndpointRunsSoManyMessagesAtOnce() throws Exception {
    lab.serverConf("rpc.netty.dispatcher.numThreads", "3");
    meet(lab.host("shared", new Meeting(3), EndpointOptions.serial().withParallelism(3)), 3);
    lab.server().setupEndpoint("quiet", new Servant());
    meet(lab.host("dedicated", new Meeting(4), DEDICATED.withParallelism(4)), 4);
  }

  private static void meet(RpcEndpointRef ref, int size) throws Exception {
    List<RpcFuture<Integer>> asks = new ArrayList<>();
    for (int i = 0; i < size * 2; i++) {
      asks.add(ref.ask(new Msg.Count(i)));
    }
    for (int i = 0; i < size * 2; i++) {
      assertThat(Failures.reply(asks.get(i))).isEqualTo(i);
    }
  }

  /** Answers when so many handlers are inside at once. */
  private static final class Meeting extends RpcEndpoint {
    private final CyclicBarrier barrier;

    Meeting(int size) {
      this.barrier = new CyclicBarrier(size);
    }

    @Override
    public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
      barrier.await(10, TimeUnit.SECONDS);
      call.reply(((Msg.Count) message).n());
    }
  }

  /** RPC-19: never more than its parallelism, and onStart and onStop run alone. */
  @Test
  void onStartAndOnStopOfAParallelEndpointRunAlone() throws Exception {
    lab.serverConf("rpc.netty.dispatcher.numThreads", "6");
    Crowd crowd = new Crowd();
    RpcEndpointRef ref = lab.host("crowd", crowd, EndpointOptions.serial().withParallelism(3));
    Crew.run(
        5,
        thread -> {
          for (int i = 0; i < 400; i++) {
            ref.send(new Msg.Tick(i));
          }
        });
    Eventually.await("some handled", () -> crowd.handled.get() > 300);
    crowd.stop();
    Eventually.await("stopped", () -> lab.watcher(server()).stopped().contains("crowd"));
    assertThat(crowd.most.get()).isBetween(1, 3);
    assertThat(crowd.besideAlone.get()).as("handlers beside onStart or onStop").isZero();
  }

  @SuppressWarnings("ThreadPriorityCheck") // yields to provoke overlaps, relies on nothing
  private static final class Crowd extends RpcEndpoint {
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger besideAlone = new AtomicInteger();
    private final AtomicInteger handled = new AtomicInteger();
    private volatile boolean alone;

    private void alone() {
      alone = true;
      for (int i = 0; i < 50; i++) {
        besideAlone.addAndGet(inside.get());
        Thread.yield();
      }
      alone = false;
    }

    @Override
    public void onStart() {
      alone();
    }

    @Override
    public void receive(Object message) {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      if (alone) {
        besideAlone.incrementAndGet();
      }
      Thread.yield();
      inside.decrementAndGet();
      handled.incrementAndGet();
    }

    @Override
    public void onStop() {
      alone();
    }
  }

  /** An event-loop endpoint that sends to itself never recurses. */
  @Test
  void aPostFromInsideAHandlerDoesNotRecurse() throws Exception {
    for (EndpointExecutor executor : Jvm.executors()) {
      Chain chain = new Chain();
      RpcEndpointRef ref =
          lab.host("chain" + executor, chain, EndpointOptions.serial().withExecutor(executor));
      ref.send(new Msg.Tick(5000));
      Eventually.await("the chain ends", () -> chain.left == 0);
      assertThat(chain.deepest).isEqualTo(1);
    }
  }

  private static final class Chain extends RpcEndpoint {
    private volatile int left = -1;
    private volatile int deepest;
    private int depth;

    @Override
    public void receive(Object message) {
      depth++;
      deepest = Math.max(deepest, depth);
      int n = ((Msg.Tick) message).n();
      if (n > 0) {
        self().send(new Msg.Tick(n - 1));
      }
      depth--;
      left = n;
    }
  }
}
