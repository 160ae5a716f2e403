// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.examples.cluster.data.InThisThread;
import io.rpcenv.examples.cluster.data.JobContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that appear are counted, each once: CLU-11. */
@Timeout(30)
class StreamWordCountTest {

  @TempDir Path root;

  private Path folder;
  private final InThisThread runner = new InThisThread();
  private final Map<String, Long> counts = new TreeMap<>();
  private final List<String> batches = new ArrayList<>();

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(root.resolve("in"));
  }

  private void run(int partitions, long howMany) throws Exception {
    StreamWordCount.Settings settings =
        new StreamWordCount.Settings(
            folder, root.resolve("checkpoint"), partitions, Duration.ofMillis(1), howMany);
    new StreamWordCount(settings)
        .run(
            new JobContext(runner),
            (number, files, changed) -> {
              counts.putAll(changed);
              batches.add(number + ": " + files);
              if (batches.size() == 1) {
                write("later", "to be"); // while the stream is running
              }
            });
  }

  private void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void CLU_11_eachFileIsCountedOnceInTheBatchAfterItAppears() throws Exception {
    write("a", "to be or");
    write("b", "not to be");
    write(".hidden", "x");
    write("_SUCCESS", "y");
    run(2, 2);

    assertThat(batches).containsExactly("1: 2", "2: 1");
    assertThat(counts).isEqualTo(Map.of("to", 3L, "be", 3L, "or", 1L, "not", 1L));
  }

  @Test
  void aStreamThatEndedGoesOnWhereItWas() throws Exception {
    write("a", "to be");
    run(2, 1);
    write("c", "or not to be");
    run(2, 1);

    assertThat(batches).containsExactly("1: 1", "2: 2");
    assertThat(counts).isEqualTo(Map.of("to", 3L, "be", 3L, "or", 1L, "not", 1L));
  }

  @Test
  void aBatchThatWasCutOffRunsAgainAndCountsOnce() throws Exception {
    write("a", "to be");
    run(2, 1);
    Files.delete(root.resolve("checkpoint/done-1")); // as if it had ended just before
    run(2, 2);

    assertThat(batches).containsExactly("1: 1", "1: 1", "2: 1");
    assertThat(counts).isEqualTo(Map.of("to", 2L, "be", 2L));
  }

  @Test
  void twoStreamsDoNotShareACheckpoint() throws Exception {
    write("a", "to be");
    StreamWordCount.Settings settings =
        new StreamWordCount.Settings(
            folder, root.resolve("checkpoint"), 2, Duration.ofMillis(1), 1);
    StreamWordCount first = new StreamWordCount(settings);

    assertThatThrownBy(() -> new StreamWordCount(settings))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("checkpoint is in use by another process");
    first.run(new JobContext(runner), (number, files, changed) -> counts.putAll(changed));
    write("b", "or not");
    run(2, 1); // for the other has ended

    assertThat(counts).isEqualTo(Map.of("to", 1L, "be", 1L, "or", 1L, "not", 1L));
  }

  @Test
  void aCheckpointIsOfOneNumberOfPartitions() throws Exception {
    write("a", "to be");
    run(2, 1);

    assertThatThrownBy(() -> run(3, 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("partitions: 3 (expected: 2, as before in ");
  }
}
