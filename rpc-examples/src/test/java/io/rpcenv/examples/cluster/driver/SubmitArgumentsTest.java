// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.ExitCode;
import io.rpcenv.examples.cli.Program;
import io.rpcenv.examples.cluster.plugin.TaskCountPlugin;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.WorkerSummary;
import io.rpcenv.examples.cluster.protocol.WorkerState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad arguments of {@code submit} are found before anything is started. */
@Timeout(30)
class SubmitArgumentsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sum --to abc | --to: abc (expected: a whole number)",
        "sum --from 5 --to 4 | --to: 4 (expected: at least --from, 5)",
        "sum --partitions 0 | --partitions: 0 (expected: a whole number from 1 to 100000)",
        "sum --top 3 | --top (expected: one of ",
        "sum 3 | argument: 3 (expected: none after sum)",
        "sort | job: sort (expected: sum, wordcount, index, pi or stream-wordcount)",
        "--wait 3s | job: nothing (expected: sum, wordcount, index, pi or stream-wordcount, see --help)",
        "wordcount | wordcount: 0 arguments (expected: one file)",
        "wordcount /no/such | wordcount: /no/such (expected: a file that can be read)",
        "wordcount pom.xml --output /no/such/f | --output: /no/such/f (expected: a file in a",
        "index | index: 0 arguments (expected: one file or more)",
        "index pom.xml /no/such | index: /no/such (expected: a file that can be read)",
        "pi --samples 0 | --samples: 0 (expected: at least 1)",
        "stream-wordcount | stream-wordcount: 0 arguments (expected: one folder)",
        "stream-wordcount pom.xml | stream-wordcount: pom.xml (expected: a folder)",
        "stream-wordcount src --checkpoint pom.xml | --checkpoint: pom.xml (expected: a folder of",
        "pi 3 | argument: 3 (expected: none after pi)",
        "sum --master local[0] | --master: local[0] (expected: local[N] with N from 1 to 9999",
        "sum --master local[x] | --master: local[x] (expected: local[N] with N from 1 to 9999",
        "--jar /no/such --class X | --jar: /no/such (expected: a file that can be read)",
        "sum --plugins no.such.Plugin --master local[1] | --plugins: no.such.Plugin (expected: cl",
        "--jar pom.xml | --class: nothing (expected: a class in pom.xml)",
        "--jar pom.xml --class X --master local[1] | --jar: ",
        "--jar pom.xml --class X --top 3 | --top (expected: one of ",
        "sum --master here | --master: here (expected: host:port, such as 127.0.0.1:7077)",
        "sum --master a:1,b | --master: b (expected: host:port, such as 127.0.0.1:7077)",
        "sum --deploy-mode far | --deploy-mode: far (expected: client or cluster)",
        "sum --executor-memory 1x | --executor-memory: 1x (expected: a size from 16m, such as",
        "sum --executor-memory 15m | --executor-memory: 15m (expected: a size from 16m, such as",
        "sum --deploy-mode cluster --jar /no/such | --jar: /no/such (expected: a file that can be",
        "sum --deploy-mode cluster --jar pom.xml | --jar: pom.xml (expected: a jar)",
        "sum --deploy-mode cluster --jar pom.xml --host 0.0.0.0 | --jar: pom.xml (expected: a jar)",
        "--main-class X --deploy-mode cluster --jar x --supervise | --supervise: with --jar (exp",
        "sum -- --main-class X | argument: --main-class (expected: none after sum)",
        "--main-class X | --main-class: alone (expected: --deploy-mode cluster as well)",
        "sum --host 0.0.0.0 | --host: 0.0.0.0 (expected: a loopback address such as 127.0.0.1",
      })
  void sayWhatIsExpected(String args, String message) {
    assertThatThrownBy(() -> SubmitMain.run(List.of(args.split(" ")), System.out))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageStartingWith(message);
  }

  @Test
  void aPluginIsNamedOnce() {
    String twice = TaskCountPlugin.class.getName() + "," + TaskCountPlugin.class.getName();

    assertThatThrownBy(
            () ->
                SubmitMain.run(
                    List.of("sum", "--plugins", twice, "--master", "local[1]"), System.out))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageStartingWith("--plugins: " + twice + " (expected: classes of plugins: ")
        .hasMessageContaining("(expected: each of another class)");
  }

  @Test
  void endTheProgramWithOneLineAndACode() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    ExitCode code =
        Program.run(
            List.of("sum", "--to", "abc"),
            "help",
            SubmitMain::run,
            System.out,
            new PrintStream(err, true, StandardCharsets.UTF_8));

    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines("error: --to: abc (expected: a whole number)\n");
  }

  @ParameterizedTest
  @CsvSource({
    "ALIVE, 0, 1024, 1", // as many cores as are free
    "ALIVE, 6, 3072, 1",
    "ALIVE, 7, 1024, 0",
    "ALIVE, 0, 3073, 0",
    "DECOMMISSIONED, 1, 1024, 0",
  })
  void whatIsMissingWhenNoExecutorCame(WorkerState state, int cores, int memory, int fitting) {
    DriverSettings wanted =
        DriverSettings.of(1, Duration.ofSeconds(3)).withExecutors(memory, cores);
    WorkerSummary worker =
        new WorkerSummary("w", "127.0.0.1:1", state, 16, 10, 4096, 1024, 10, Instant.EPOCH, "");

    assertThat(SubmitMain.whatIsThere(List.of(), wanted))
        .isEqualTo("the master knows of 0 worker(s)");
    assertThat(SubmitMain.whatIsThere(List.of(worker), wanted))
        .isEqualTo(
            "the master knows of 1 worker(s), and %d of them could run an executor of %d core(s)"
                + " and %d MiB now%s",
            fitting, Math.max(1, cores), memory, fitting == 1 ? ": see their logs" : "");
  }
}
