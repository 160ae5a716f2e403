// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hello and hand-over as processes of their own. */
@Timeout(120)
class HelloIT {

  @TempDir Path folder;
  private Launcher launcher;

  @BeforeEach
  void prepare() {
    launcher = new Launcher(folder);
  }

  @AfterEach
  void close() {
    launcher.close();
  }

  @Test
  void serverAndClientTalk() throws Exception {
    Path address = folder.resolve("address");
    Launcher.Running server =
        launcher.start(
            "hello-server", "--port", "0", "--address-file", address.toString(), "--stop-on-eof");

    Launcher.Running client =
        launcher.start("hello-client", "--server", Launcher.awaitAddress(address, server), "neo");

    assertThat(client.exitCode()).as("%s", client.output()).isZero();
    assertThat(client.output()).isEqualTo("hi, neo\nhi, neo, again");
    server.awaitLine("guest 3: the last one");
    server.closeInput();
    assertThat(server.exitCode()).isZero();
    assertThat(server.output()).contains("guest 1: neo\nguest 2: neo\nbye, neo\nguest 3");
    launcher.assertNothingLeft();
  }

  @Test
  void aClientWithoutAServerSaysWhatToDo() throws Exception {
    Launcher.Running client = launcher.start("hello-client", "--server", "127.0.0.1:1");

    assertThat(client.exitCode()).isEqualTo(3);
    assertThat(client.output())
        .startsWith("error: ")
        .contains("127.0.0.1:1")
        .endsWith("(start one: bin/rpcenv hello-server)");
  }

  @Test
  void handoverTellsItsStory() throws Exception {
    Launcher.Running handover = launcher.start("handover");

    assertThat(handover.exitCode()).as("%s", handover.output()).isZero();
    assertThat(handover.output())
        .isEqualTo("ordered: number 1, 0 before\nserved: number 1, a flat white");
  }
}
