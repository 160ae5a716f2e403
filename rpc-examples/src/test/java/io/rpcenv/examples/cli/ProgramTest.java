// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a program ends, and what it says then. */
class ProgramTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  private ExitCode run(Program.Body body) {
    return Program.run(List.of(), "help", body, out, out);
  }

  @Test
  void aResultThatDoesNotFitIsNoRiddle() {
    assertThat(
            run(
                (args, ignored) -> {
                  throw new OutOfMemoryError("Java heap space");
                }))
        .isEqualTo(ExitCode.FAILED);
    assertThat(bytes.toString(UTF_8))
        .isEqualTo("error: Java heap space is used up (try RPCENV_JAVA_OPTS=-Xmx4g)\n");
  }

  @Test
  void whatIsForPeopleIsAllThatIsSaid() {
    assertThat(
            run(
                (args, ignored) -> {
                  throw CommandException.usage("--port", "x", "a number");
                }))
        .isEqualTo(ExitCode.USAGE);
    assertThat(bytes.toString(UTF_8)).isEqualTo("error: --port: x (expected: a number)\n");
  }
}
