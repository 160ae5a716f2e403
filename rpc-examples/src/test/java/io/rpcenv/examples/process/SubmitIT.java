// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong with a job, and how {@code bin/rpcenv submit} says so. */
@Timeout(120)
class SubmitIT {

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
  void noMasterAtThatAddress() throws Exception {
    Launcher.Running submit = launcher.start("submit", "--master", "127.0.0.1:1", "sum");

    assertThat(submit.exitCode()).isEqualTo(3);
    assertThat(submit.output())
        .startsWith("error: no master at 127.0.0.1:1: ")
        .endsWith("(start one: bin/rpcenv master)");
  }

  @Test
  void somebodyElseAtThatAddress() throws Exception {
    String address = start("hello-server", "hello");

    Launcher.Running submit = launcher.start("submit", "--master", address, "sum");

    assertThat(submit.exitCode()).isEqualTo(3);
    assertThat(submit.output()).startsWith("error: the process at " + address + " is no master");
  }

  @Test
  void aMasterWithoutWorkers() throws Exception {
    String master = start("master", "master");

    Launcher.Running submit = launcher.start("submit", "--master", master, "--wait", "5s", "sum");

    assertThat(submit.exitCode()).isEqualTo(4);
    assertThat(submit.output())
        .endsWith(
            "error: sum(1..100): no executor was there for 5 s; the master knows of 0 worker(s)");
  }

  @Test
  void aTaskThatAlwaysFails() throws Exception {
    String master = start("master", "master");
    launcher.start("worker", "--master", master, "--name", "w1");
    Path file = Files.writeString(folder.resolve("endless"), "a".repeat((16 << 20) + 1));

    Launcher.Running submit =
        launcher.start("submit", "--master", master, "wordcount", file.toString());

    assertThat(submit.exitCode()).isEqualTo(1);
    assertThat(submit.output())
        .contains(
            "partition 0 failed 4 times, the last time on w1: java.lang.IllegalArgumentException: a word");
  }

  @Test
  void aBadOption() throws Exception {
    Launcher.Running submit = launcher.start("submit", "sum", "--to", "abc");

    assertThat(submit.exitCode()).isEqualTo(2);
    assertThat(submit.output()).isEqualTo("error: --to: abc (expected: a whole number)");
  }

  @Test
  void twoWorkersOfOneName() throws Exception {
    String master = start("master", "master");
    Launcher.Running first = launcher.start("worker", "--master", master, "--name", "twin");
    first.awaitLine("is registered with the master");

    Launcher.Running second = launcher.start("worker", "--master", master, "--name", "twin");

    assertThat(second.exitCode()).isEqualTo(3);
    assertThat(second.output()).contains("Duplicate worker ID [twin]");
    assertThat(first.isAlive()).isTrue();
  }

  private String start(String command, String name) throws Exception {
    Path address = folder.resolve(name + ".address");
    List<String> args =
        new ArrayList<>(List.of(command, "--port", "0", "--address-file", address.toString()));
    if (command.equals("master")) {
      args.add("--web-port=0");
    }
    Launcher.Running process = launcher.start(args.toArray(new String[0]));
    return Launcher.awaitAddress(address, process);
  }
}
