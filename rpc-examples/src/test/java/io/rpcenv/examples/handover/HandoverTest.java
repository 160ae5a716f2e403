// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.handover;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcRemoteException;
import io.rpcenv.examples.cli.ExitCode;
import io.rpcenv.examples.cli.Program;
import io.rpcenv.examples.handover.BarMessage.Order;
import io.rpcenv.examples.handover.BarMessage.Ready;
import io.rpcenv.examples.handover.BarMessage.Receipt;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HandoverTest {

  @Test
  void theProgramTellsTheWholeStory() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    ExitCode code =
        Program.run(
            List.of(),
            "help",
            Handover::run,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            System.err);

    assertThat(code).isEqualTo(ExitCode.OK);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines(
            "ordered: number 1, 0 before\nserved: number 1, a flat white\n");
  }

  @Test
  void guestsAreServedInTheOrderOfTheirOrders() throws Exception {
    try (RpcEnv env = RpcEnv.builder("test").build()) {
      RpcEndpointRef barista = env.setupEndpoint("barista", new Barista());
      RpcEndpointRef desk = env.setupEndpoint("desk", new Desk(barista));
      BlockingQueue<Ready> served = new LinkedBlockingQueue<>();
      RpcEndpointRef guest =
          env.setupEndpoint(
              "guest", RpcEndpoint.handling().onSend(Ready.class, served::add).build());

      assertThat(desk.askSync(new Order("tea", guest))).isEqualTo(new Receipt(1, 0));
      assertThat(desk.askSync(new Order("mocha", guest))).isEqualTo(new Receipt(2, 1));
      barista.send(new Barista.Done());
      barista.send(new Barista.Done());

      assertThat(served.poll(10, SECONDS)).isEqualTo(new Ready(1, "tea"));
      assertThat(served.poll(10, SECONDS)).isEqualTo(new Ready(2, "mocha"));
    }
  }

  @Test
  void whenTheBaristaIsGoneTheGuestLearnsIt() {
    try (RpcEnv env = RpcEnv.builder("test").build()) {
      RpcEndpointRef barista = env.setupEndpoint("barista", new Barista());
      RpcEndpointRef desk = env.setupEndpoint("desk", new Desk(barista));
      env.stop(barista);

      assertThatThrownBy(() -> desk.askSync(new Order("tea", desk)))
          .isInstanceOf(RpcRemoteException.class)
          .hasMessageContaining("barista");
    }
  }
}
