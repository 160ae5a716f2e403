// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A line belongs to the part in which it starts. */
@Timeout(60)
class LineIteratorTest {

  @TempDir Path folder;

  private List<String> lines(String text, long start, long end) throws Exception {
    Path file = Files.write(folder.resolve("text"), text.getBytes(UTF_8));
    List<String> lines = new ArrayList<>();
    new LineIterator(file, Files.size(file), start, end, new InThisThread().context(0))
        .forEachRemaining(lines::add);
    return lines;
  }

  @Test
  void bordersMayFallAnywhere() throws Exception {
    String text = "aaaa\nbbbb\ncccc\n";

    assertThat(lines(text, 0, 5)).containsExactly("aaaa");
    assertThat(lines(text, 5, 6)).containsExactly("bbbb");
    assertThat(lines(text, 6, 10)).isEmpty();
    assertThat(lines(text, 6, 11)).containsExactly("cccc");
    assertThat(lines(text, 4, 11)).containsExactly("bbbb", "cccc");
    assertThat(lines(text, 11, 15)).isEmpty();
  }

  @Test
  void aLineThatEndsWithTheReadBufferIsNotTheLastOneIfAnotherStartsInTheRange() throws Exception {
    int buffer = 64 << 10;
    String text = "x".repeat(buffer - 1) + "\ntail\nrest\n";

    assertThat(lines(text, 0, buffer + 1)).hasSize(2).contains("tail");
    assertThat(lines(text, 0, buffer)).hasSize(1);
  }

  @Test
  void aFileThatChangedIsAnError() throws Exception {
    Path file = Files.writeString(folder.resolve("changing"), "abc");

    assertThatThrownBy(() -> new LineIterator(file, 4, 0, 4, new InThisThread().context(0)))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " changed while it was read: 3 bytes (expected: 4)");
  }
}
