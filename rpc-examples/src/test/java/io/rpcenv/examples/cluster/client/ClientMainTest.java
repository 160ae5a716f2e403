// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RetryPolicy;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.ExitCode;
import io.rpcenv.examples.cluster.master.Master;
import io.rpcenv.examples.cluster.master.MasterSettings;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RegisterWorker;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestMasterState;
import io.rpcenv.examples.cluster.protocol.MasterMessage.WorkerWork;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse;
import io.rpcenv.examples.cluster.protocol.MasterStatus;
import io.rpcenv.examples.cluster.protocol.Protocol;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OUT-01, OUT-03: a cluster is asked from outside, by a program that opens no port. */
@Timeout(60)
class ClientMainTest {

  private final RpcEnv cluster =
      RpcEnv.builder("master").listen("127.0.0.1", 0).messages(Protocol.messages()).build();

  @AfterEach
  void close() {
    cluster.close();
  }

  private String address() {
    return cluster.address().orElseThrow().hostPort();
  }

  private void startMaster() {
    cluster.setupEndpoint(
        "Master", new Master(MasterSettings.of(Duration.ofMinutes(1)), System::nanoTime));
  }

  private String run(String... args) throws Exception {
    return runWith(address(), args);
  }

  private static String runWith(String masters, String... args) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String[] all = new String[args.length + 2];
    System.arraycopy(args, 0, all, 0, args.length);
    all[args.length] = "--master";
    all[args.length + 1] = masters;
    ClientMain.run(List.of(all), new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theStateIsPrinted() throws Exception {
    startMaster();
    var worker = cluster.setupEndpoint("w", RpcEndpoint.handling().build());
    cluster
        .setupEndpointRef(cluster.address().orElseThrow(), "Master")
        .askSync(new RegisterWorker("w1", 1, worker, 4, 1024, "", WorkerWork.NONE));

    assertThat(run("state"))
        .startsWith("master: ALIVE, epoch ")
        .contains(
            "worker w1: ALIVE, at "
                + address()
                + ", 0 of 4 cores and 0 of 1024 MiB used, 0 executor(s)");
    assertThat(run("executors")).isEmpty();
  }

  /** OUT-01: the first answers do not come, and one does in the end; no port is opened. */
  @Test
  void theQuestionIsRepeatedUntilItIsAnswered() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    MasterStateResponse answer = state(MasterStatus.ALIVE, 7);
    cluster.setupEndpoint(
        "Master",
        RpcEndpoint.handling()
            .onAsk(
                RequestMasterState.class,
                (message, call) -> {
                  if (asked.incrementAndGet() == 3) {
                    call.reply(answer);
                  }
                })
            .build());
    RetryPolicy policy =
        RetryPolicy.attempts(3)
            .withInterval(Duration.ofMillis(10))
            .withAttemptTimeout(Duration.ofSeconds(3))
            .asIdempotent();
    try (RpcEnv env = RpcEnv.builder("outside").messages(Protocol.messages()).build()) {
      assertThat(env.address()).as("listens nowhere").isEmpty();

      MasterStateResponse state =
          ClientMain.state(env, List.of(RpcAddress.parse(address())), policy);

      assertThat(state.epoch()).isEqualTo(7);
      assertThat(asked).hasValue(3);
    }
  }

  @Test
  void afterTheLastAttemptItIsGivenUp() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    cluster.setupEndpoint(
        "Master",
        RpcEndpoint.handling()
            .onAsk(RequestMasterState.class, (message, call) -> asked.incrementAndGet())
            .build());

    assertThatThrownBy(
            () -> run("state", "--attempts", "2", "--interval", "10ms", "--timeout", "3s"))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNREACHABLE))
        .hasMessageStartingWith("no answer from " + address() + ": ");
    assertThat(asked).hasValue(2);
  }

  /** OUT-01: as a process that was stopped, or an address that swallows what is sent to it. */
  @Test
  @Timeout(10)
  void aMasterThatIsSilentKeepsNobodyWaiting() throws Exception {
    startMaster();
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String nobody = "127.0.0.1:" + silent.getLocalPort();

      assertThat(runWith(nobody + "," + address(), "state", "--timeout", "1m"))
          .startsWith("master: ALIVE, epoch ");
      assertThatThrownBy(
              () -> runWith(nobody, "state", "--attempts=2", "--interval=10ms", "--timeout=100ms"))
          .isInstanceOfSatisfying(
              CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNREACHABLE))
          .hasMessage("no answer from " + nobody + ": it is silent");
    }
  }

  /** OUT-01: a standby knows little, but better than nothing. */
  @Test
  void theLeaderIsAskedBeforeAStandby() throws Exception {
    cluster.setupEndpoint(
        "Master",
        RpcEndpoint.handling()
            .onAsk(RequestMasterState.class, question -> state(MasterStatus.STANDBY, 0))
            .build());
    try (RpcEnv other =
        RpcEnv.builder("other").listen("127.0.0.1", 0).messages(Protocol.messages()).build()) {
      String second = other.address().orElseThrow().hostPort();
      assertThat(runWith(second + "," + address(), "state", "--attempts=1"))
          .isEqualTo("master: STANDBY, epoch 0\n");
      other.setupEndpoint(
          "Master",
          RpcEndpoint.handling()
              .onAsk(RequestMasterState.class, question -> state(MasterStatus.RECOVERING, 3))
              .build());
      assertThat(runWith(address() + "," + second, "state"))
          .isEqualTo("master: RECOVERING, epoch 3\n");
    }
  }

  private static MasterStateResponse state(MasterStatus status, long epoch) {
    return new MasterStateResponse(
        status, epoch, List.of(), List.of(), List.of(), List.of(), List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kill app-x | FAILED | no application [app-x] is running",
        "kill driver-x | FAILED | no driver [driver-x] is known",
        "status driver-x | FAILED | no driver [driver-x] is known",
        "executors app-x | FAILED | no application [app-x] is running",
        "dump app-x/0 | FAILED | no executor [app-x/0] is running (see: bin/rpcenv executors)",
        "state now | USAGE | state: 1 arguments (expected: none)",
        "kill | USAGE | kill: 0 arguments (expected: one, see --help)",
        "state --timeout 0s | USAGE | --timeout: 0s (expected: a time above zero",
        "jump x | USAGE | command: jump (expected: state, status, kill, executors or dump)",
      })
  void whatIsWrongIsSaidInOneLine(String args, ExitCode code, String message) {
    startMaster();

    assertThatThrownBy(() -> run(args.split(" ")))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(code))
        .hasMessageStartingWith(message);
  }
}
