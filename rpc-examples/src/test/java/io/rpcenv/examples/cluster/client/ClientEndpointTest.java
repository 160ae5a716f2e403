// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcConf;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.ExitCode;
import io.rpcenv.examples.cluster.master.Master;
import io.rpcenv.examples.cluster.master.MasterSettings;
import io.rpcenv.examples.cluster.protocol.DriverDescription;
import io.rpcenv.examples.cluster.protocol.DriverState;
import io.rpcenv.examples.cluster.protocol.MasterMessage;
import io.rpcenv.examples.cluster.protocol.Protocol;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CLU-04, CLU-12: who follows a driver, when its masters are gone. */
@Timeout(30)
class ClientEndpointTest {

  private static final DriverDescription DRIVER =
      new DriverDescription(Optional.empty(), "Main", List.of(), 1, 64, false);

  private final RpcEnv masterEnv =
      RpcEnv.builder("master").listen("127.0.0.1", 0).messages(Protocol.messages()).build();
  private final RpcEnv env =
      RpcEnv.builder("client")
          .conf(RpcConf.builder().set("rpc.numRetries", "0").build())
          .messages(Protocol.messages())
          .build();

  @AfterEach
  void close() {
    env.close();
    masterEnv.close();
  }

  @Test
  void whenAllMastersAreGoneForGoodItGivesUp() throws Exception {
    masterEnv.setupEndpoint(
        MasterMessage.ENDPOINT,
        new Master(MasterSettings.of(Duration.ofHours(1)), System::nanoTime));
    Masters masters = new Masters(env, List.of(masterEnv.address().orElseThrow()));
    CompletableFuture<DriverState> seen = new CompletableFuture<>();
    ClientEndpoint client =
        new ClientEndpoint(
            masters,
            Duration.ofSeconds(1),
            masters.find(Duration.ofSeconds(5)).ref(),
            DRIVER,
            DriverState::isFinished,
            driver -> seen.complete(driver.state()));
    env.setupEndpoint(ClientEndpoint.ENDPOINT, client);
    assertThat(seen.get(10, SECONDS)).isEqualTo(DriverState.SUBMITTED);

    masterEnv.close();

    assertThatThrownBy(() -> client.result().get(20, SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNREACHABLE))
        .hasMessageMatching("no master has led for 1 s; driver-\\S+ may still run");
  }
}
