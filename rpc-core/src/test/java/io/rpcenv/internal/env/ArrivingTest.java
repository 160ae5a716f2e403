// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.DropReason;
import io.rpcenv.RpcConf;
import io.rpcenv.internal.env.SystemMessage.CheckExistence;
import io.rpcenv.internal.env.Wires.Line;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a message takes while it is still arriving. */
@Timeout(20)
class ArrivingTest {

  private static final MessageClass TYPE = new MessageClass(300, "C", 0);

  private final Wires wires = new Wires(null, RpcConf.defaults());

  @AfterEach
  void close() throws Exception {
    wires.close();
  }

  private Line accepted(long id) {
    Line line = new Line(id);
    line.loop.run(() -> wires.peers.accepted(line.connection()));
    line.loop.runUntilIdle();
    return line;
  }

  /** Promise 13: what is still arriving counts, for all connections together. */
  @Test
  void bytesOfMessagesThatAreArrivingAreBounded() {
    Line a = accepted(2);
    Line b = accepted(3);
    assertThat(a.handler.arriving(600, false)).isTrue();
    assertThat(b.handler.arriving(400, false)).isTrue();
    assertThat(a.handler.arriving(1, false)).isFalse();
    a.loop.run(() -> a.handler.refusedRequest(7, "e", TYPE));
    a.handler.refusedOneWay("e", TYPE);
    a.loop.runUntilIdle();
    assertThat(a.failures).containsExactly("failure of 7");
    assertThat(wires.events.droppedByReason()).isEqualTo(Map.of(DropReason.INBOUND_FULL, 1L));
    a.handler.arrivingEnded();
    assertThat(wires.budget.held()).isEqualTo(400);
    assertThat(b.handler.arriving(5000, false)).as("one always fits").isTrue();
    assertThat(a.handler.arriving(3000, true)).as("a reply is never refused").isTrue();
    a.handler.arrivingEnded();
    a.handler.arrivingEnded();
    b.handler.arrivingEnded();
    assertThat(wires.budget.held()).isZero();
  }

  /** Promise 13: a read takes bytes in advance and leaves none taken. */
  @Test
  void whatAReadTookInAdvanceGoesBackAtItsEnd() throws Exception {
    long max = 8 << 20;
    Wires roomy = new Wires(null, RpcConf.defaults(), max);
    Line line = new Line(2);
    line.loop.run(() -> roomy.peers.accepted(line.connection()));
    line.loop.runUntilIdle();
    Runnable message =
        () ->
            line.handler.oneWay("nobody", CheckExistence.CLASS, MessageBody.ofArray(new byte[10]));
    line.loop.run(message);
    assertThat(roomy.budget.held()).as("in the middle of a read").isPositive();
    line.loop.run(line.handler::readEnd);
    assertThat(roomy.budget.held()).isZero();
    line.loop.run(message);
    assertThat(line.handler.arriving((int) max + 1, false)).as("alone").isTrue();
    line.handler.arrivingEnded();
    line.loop.run(message);
    line.loop.run(() -> line.handler.closed(new Exception("reset")));
    assertThat(roomy.budget.held()).isZero();
    roomy.close();
  }
}
