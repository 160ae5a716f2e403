// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcEnvStoppedException;
import io.rpcenv.RpcTimeout;
import io.rpcenv.internal.call.AskFuture;
import io.rpcenv.internal.env.SystemMessage.CheckExistence;
import io.rpcenv.internal.env.SystemMessage.Existence;
import io.rpcenv.internal.env.Wires.Line;
import io.rpcenv.internal.outbound.Outbox;
import io.rpcenv.internal.outbound.Route;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Asks that meet the end of their env halfway. */
@Timeout(20)
class RemotePathTest {

  private static final RpcAddress THERE = RpcAddress.of("there", 7000);

  private final Wires.Net net = new Wires.Net();
  private final Wires wires = new Wires(net, RpcConf.defaults());

  @AfterEach
  void close() throws Exception {
    wires.close();
  }

  /** Asks in an env that looks several times whether it is stopping. */
  private AskFuture<Existence> ask(BooleanSupplier... looks) {
    Queue<BooleanSupplier> left = new ArrayDeque<>(List.of(looks));
    Outbox outbox = wires.peers.dial(THERE);
    return new RemotePath(
            "me", wires.peers, wires.codec, null, wires.events, () -> left.remove().getAsBoolean())
        .ask(
            Route.over(outbox, "e"),
            "rpc://e@there:7000",
            new CheckExistence("x"),
            Existence.class,
            RpcTimeout.of(Duration.ofMinutes(1)));
  }

  private static RpcEnvStoppedException failure(AskFuture<?> ask) {
    CompletionException thrown =
        catchThrowableOfType(CompletionException.class, () -> ask.getNow(null));
    assertThat(thrown.getCause()).isInstanceOf(RpcEnvStoppedException.class);
    return (RpcEnvStoppedException) thrown.getCause();
  }

  /** RPC-21: it was not written, and never is. */
  @Test
  void anAskThatTheEndFindsInTheOutboxHasNotExecuted() {
    AskFuture<Existence> ask = ask(() -> true);
    assertThat(failure(ask).mayHaveExecuted()).isFalse();
    net.loop.runUntilIdle();
    assertThat(net.attempts).as("nothing to connect for").isEmpty();
    assertThat(wires.peers.stats()).as("nothing is kept").isEmpty();
  }

  /** RPC-21: it was written before anybody looked. */
  @Test
  void anAskThatTheEndFindsWrittenMayHaveExecuted() {
    Line[] line = new Line[1];
    AskFuture<Existence> ask =
        ask(
            () -> {
              net.loop.runUntilIdle();
              line[0] = net.connect(2, THERE);
              return true;
            });
    assertThat(line[0].requests).containsExactly("request 1");
    assertThat(failure(ask).mayHaveExecuted()).isTrue();
  }

  /** RPC-21: it waits for the connection, which comes later. */
  @Test
  void anAskThatTheEndFindsWaitingIsNotWrittenAfterwards() {
    AskFuture<Existence> ask =
        ask(
            () -> {
              net.loop.runUntilIdle();
              return true;
            });
    assertThat(failure(ask).mayHaveExecuted()).isFalse();
    assertThat(net.connect(2, THERE).requests).isEmpty();
    assertThat(wires.peers.stats().get(0).queuedBytes()).isZero();
  }
}
