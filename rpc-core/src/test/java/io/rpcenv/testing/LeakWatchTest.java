// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class LeakWatchTest {

  // Split, so that no line of this file or of its output trips the real watch.
  private static final String MARK = "LE" + "AK: ";

  private final LeakWatch watch = new LeakWatch();

  @Test
  void aLineIsFoundThoughItIsPrintedInPieces() {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    PrintStream out =
        new PrintStream(watch.scanning(new PrintStream(sink, true, UTF_8)), true, UTF_8);
    out.print("before " + MARK.substring(0, 3));
    out.println(MARK.substring(3) + "after");
    out.println("another line");

    assertThat(watch.found()).containsExactly(MARK + "after");
    assertThat(sink.toString(UTF_8).lines())
        .containsExactly("before " + MARK + "after", "another line");
  }

  @Test
  void otherLinesAreNotFound() {
    PrintStream out =
        new PrintStream(watch.scanning(new PrintStream(new ByteArrayOutputStream())), true, UTF_8);
    out.println("LEA");
    out.println("K: ");

    assertThat(watch.found()).isEmpty();
  }
}
