// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/rpcenv submit --master local[2]} and what it prints: CLU-07. */
@Timeout(60)
class LocalSubmitTest {

  @TempDir Path folder;

  private static String submit(String... arguments) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<String> all = new ArrayList<>(List.of("--master", "local[2]"));
    all.addAll(List.of(arguments));
    SubmitMain.run(all, new PrintStream(out, true, UTF_8));
    return out.toString(UTF_8);
  }

  @Test
  void CLU_07_theSameJobsRunInOneProcess() throws Exception {
    Path text = Files.writeString(folder.resolve("text"), "to be or\nnot to be\n");
    Path counts = folder.resolve("counts");

    assertThat(submit("sum", "--to", "1000")).isEqualTo("sum(1..1000) = 500500\n");
    assertThat(submit("pi", "--samples", "1000")).startsWith("pi(1000) = 3.");
    assertThat(submit("index", text.toString(), "--top", "1"))
        .isEqualTo("index(1 file(s)) = 4 different words\nbe " + text + "\n");
    assertThat(submit("wordcount", text.toString(), "--top", "1", "--output", counts.toString()))
        .contains(" = 6 words, 4 different ones\n      2 be\n");
    assertThat(counts).hasContent("      2 be\n      1 not\n      1 or\n      2 to");
  }

  @Test
  void CLU_11_aStreamPrintsEachBatch() throws Exception {
    Path in = Files.createDirectory(folder.resolve("in"));
    Files.writeString(in.resolve("a"), "to be or not to be");

    assertThat(submit("stream-wordcount", in.toString(), "--batches", "1", "--top", "1"))
        .isEqualTo("batch 1: 1 file(s), 4 different words\n      2 be\n");
    Files.writeString(in.resolve("b"), "to");
    assertThat(submit("stream-wordcount", in.toString(), "--batches", "1"))
        .isEqualTo("batch 2: 1 file(s), 1 different words\n      3 to\n");
  }
}
