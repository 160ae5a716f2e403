// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cluster.protocol.Protocol;
import io.rpcenv.examples.cluster.protocol.WorkerMessage;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.DriverStarted;
import java.io.BufferedReader;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * CLU-03: a process of a worker ends with it. There are two signs of that, each of which hides that
 * the other one is not seen, so here is one at a time.
 */
@Timeout(60)
class DriverWrapperTest {

  private final RpcEnv env =
      RpcEnv.builder("worker").listen("127.0.0.1", 0).messages(Protocol.messages()).build();
  private Process process;
  private BufferedReader output;

  /** Ends by no means of its own. */
  public static final class Main {

    private Main() {}

    public static void main(String[] args) throws Exception {
      System.out.println("Ready");
      Thread.currentThread().join();
    }
  }

  @BeforeEach
  void start() throws Exception {
    RpcEndpointRef worker =
        env.setupEndpoint(
            WorkerMessage.ENDPOINT,
            RpcEndpoint.handling()
                .onAsk(DriverStarted.class, (started, call) -> call.reply(true))
                .build());
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DriverWrapper.class.getName(),
                ChildExecutors.uri(worker),
                "driver-1",
                "1",
                Main.class.getName())
            .redirectErrorStream(true)
            .start();
    output = process.inputReader();
    awaitLine("Ready");
  }

  @AfterEach
  void close() {
    process.destroyForcibly();
    env.close();
  }

  @Test
  void thePipeBreaksWhileTheWorkerCanBeReached() throws Exception {
    process.getOutputStream().close();

    awaitLine("This driver ends: the worker has ended");
    assertThat(process.waitFor(30, SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(3);
  }

  @Test
  void theWorkerIsGoneWhileThePipeHolds() throws Exception {
    env.close();

    awaitLine("This driver ends: the worker at ");
    assertThat(process.waitFor(30, SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(3);
  }

  private void awaitLine(String start) throws Exception {
    String line;
    do {
      line = output.readLine();
      assertThat(line).as("what it says before its end").isNotNull();
    } while (!line.startsWith(start));
  }
}
