// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.EndpointExecutor;
import io.rpcenv.EndpointOptions;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Event-loop endpoints at the end of their env (promise 12), and beside another env's loops. */
public abstract class LoopEndContract extends Contract {

  private static final EndpointOptions LOOP =
      EndpointOptions.serial().withExecutor(EndpointExecutor.EVENT_LOOP);
  private static final Duration SOON = Duration.ofSeconds(10);

  /** Waits at a gate in its first message. */
  private static final class Stuck extends Recorder {

    private final Gate gate;

    Stuck(Gate gate) {
      this.gate = gate;
    }

    @Override
    public void receive(Object message) throws Exception {
      if (message.equals(new Msg.Tick(0))) {
        gate.pass();
      }
      super.receive(message);
    }
  }

  /** Has the first message run and two wait behind it. */
  private Stuck stick(Gate gate) throws Exception {
    Stuck stuck = new Stuck(gate);
    RpcEndpointRef ref = server().setupEndpoint("stuck", stuck, LOOP);
    ref.send(new Msg.Tick(0));
    gate.awaitReached();
    ref.send(new Msg.Tick(1));
    ref.send(new Msg.Tick(2));
    return stuck;
  }

  @Test
  void whatWaitsOnALoopIsHandledBeforeTheEnd() throws Exception {
    Gate gate = lab.gate();
    Stuck stuck = stick(gate);
    server().shutdown();
    gate.open();
    assertThat(server().awaitTermination(SOON)).isTrue();
    assertThat(stuck.events())
        .containsExactly(
            "start", "receive Tick[n=0]", "receive Tick[n=1]", "receive Tick[n=2]", "stop");
    Leftovers.assertNoThreads(server().name());
  }

  @Test
  void aHandlerOnALoopIsInterruptedAfterTheTimeoutAndTheRestIsHandled() throws Exception {
    lab.serverConf("rpc.shutdown.timeout", "100ms");
    Gate gate = lab.gate();
    Stuck stuck = stick(gate);
    server().shutdown();
    assertThat(server().awaitTermination(SOON)).isTrue();
    assertThat(stuck.events())
        .containsExactly("start", "receive Tick[n=1]", "receive Tick[n=2]", "stop");
    assertThat(stuck.errors()).hasSize(1).first().isInstanceOf(InterruptedException.class);
    Leftovers.assertNoThreads(server().name());
  }

  @Test
  void aHandlerOnALoopThatIgnoresTheInterruptIsNamedOnce() throws Exception {
    lab.serverConf("rpc.shutdown.timeout", "100ms");
    Deaf deaf = new Deaf();
    server().setupEndpoint("stuck", deaf, LOOP).send(new Msg.Tick(1));
    deaf.awaitBegun();
    try (LogCapture log = new LogCapture()) {
      server().shutdown();
      Eventually.await("the WARN", () -> !log.warnings("spinDeafly").isEmpty());
      assertThat(log.warnings("spinDeafly"))
          .hasSize(1)
          .first()
          .asString()
          .contains("[stuck]")
          .contains("[rpc-" + server().name() + "-");
    } finally {
      deaf.release();
    }
    assertThat(server().awaitTermination(SOON)).isTrue();
    Leftovers.assertNoThreads(server().name());
  }

  /** Notes the threads of its messages, then passes the message on. */
  private static final class Relay extends RpcEndpoint {

    private final Queue<String> threads = new ConcurrentLinkedQueue<>();
    private final Consumer<Object> next;

    Relay(Consumer<Object> next) {
      this.next = next;
    }

    @Override
    public void receive(Object message) {
      threads.add(Thread.currentThread().getName());
      next.accept(message);
    }

    void awaitThreads(int messages, RpcEnv of) {
      Eventually.await("all handled", () -> threads.size() == messages);
      assertThat(threads).allMatch(name -> name.startsWith("rpc-" + of.name() + "-"));
    }
  }

  /** A loop that posts into another env's endpoint does not run it: that env's loops do. */
  @Test
  void aLoopRunsNoEndpointOfAnotherEnv() {
    Relay theirs = new Relay(message -> {});
    RpcEndpointRef ref = server().setupEndpoint("theirs", theirs, LOOP);
    Relay ours = new Relay(ref::send);
    RpcEndpointRef first = client().setupEndpoint("ours", ours, LOOP);
    for (int i = 1; i <= 20; i++) {
      first.send(new Msg.Tick(i));
      theirs.awaitThreads(i, server());
    }
    ours.awaitThreads(20, client());
  }
}
