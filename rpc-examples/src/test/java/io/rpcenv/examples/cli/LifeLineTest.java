// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class LifeLineTest {

  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

  @Test
  void endsWhenThePipeIsClosedWhateverWasSaid() throws Exception {
    PipedOutputStream starter = new PipedOutputStream();
    LifeLine.atEnd(new PipedInputStream(starter), () -> ended.complete(true));
    starter.write("hello\n".getBytes(StandardCharsets.UTF_8));
    starter.flush();
    assertThat(ended).isNotDone();

    starter.close();

    assertThat(ended.get(10, SECONDS)).isTrue();
  }

  @Test
  void endsWhenThePipeBreaks() throws Exception {
    LifeLine.atEnd(new PipedInputStream(), () -> ended.complete(true)); // cannot be read

    assertThat(ended.get(10, SECONDS)).isTrue();
  }

  /** Hooks run, and none of them keeps the process alive. */
  @Test
  void aProcessEndsThoughAHookNeverDoes() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Hooked.class.getName())
            .redirectErrorStream(true)
            .start();

    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("hook\n");
    assertThat(process.waitFor()).isEqualTo(ExitCode.FAILED.number());
  }

  /** Has a hook that does not end. */
  public static final class Hooked {
    private Hooked() {}

    /** Runs the program. */
    public static void main(String[] args) {
      Runtime.getRuntime().addShutdownHook(new Thread(Hooked::neverEnd));
      LifeLine.exit(ExitCode.FAILED, Duration.ofMillis(200));
    }

    private static void neverEnd() {
      System.out.print("hook\n");
      while (true) {
        LockSupport.park();
      }
    }
  }
}
