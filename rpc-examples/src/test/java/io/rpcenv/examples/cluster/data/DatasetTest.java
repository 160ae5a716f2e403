// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DatasetTest {

  @TempDir private Path folder;

  private final InThisThread runner = new InThisThread();
  private final JobContext context = new JobContext(runner);

  @Test
  void stepsAreDoneOneAfterTheOther() throws Exception {
    Dataset<Long> numbers = context.range(1, 100, 7);
    assertThat(numbers.partitions()).isEqualTo(7);
    assertThat(numbers.count()).isEqualTo(100);
    assertThat(numbers.sum(n -> n)).isEqualTo(5050);
    assertThat(numbers.filter(n -> n % 10 == 0).map(n -> "<" + n + ">").collect())
        .startsWith("<10>", "<20>")
        .endsWith("<100>")
        .hasSize(10);
    assertThat(context.parallelize(List.of(3, 0, 2), 2).flatMap(DatasetTest::countdown).collect())
        .containsExactly(3, 2, 1, 2, 1);
  }

  private static List<Integer> countdown(int from) {
    return IntStream.iterate(from, i -> i > 0, i -> i - 1).boxed().toList();
  }

  @Test
  void anEmptyPartIsNoMatter() throws Exception {
    assertThat(context.parallelize(List.of(1), 5).collect()).containsExactly(1);
    assertThat(context.parallelize(List.<Integer>of(), 3).count()).isZero();
  }

  @Test
  void partitionsAreOneAtLeast() {
    assertThatThrownBy(() -> context.parallelize(List.of(1), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("partitions: 0 (expected: at least 1)");
  }

  @Test
  void valuesOfOneKeyComeTogether() throws Exception {
    List<String> words = List.of("a", "b", "a", "c", "b", "a");
    for (int partitions = 1; partitions <= 4; partitions++) {
      Map<String, Integer> counts = new TreeMap<>();
      context
          .parallelize(words, 3)
          .reduceByKey(word -> new Pair<>(word, 1), Integer::sum, partitions)
          .collect()
          .forEach(pair -> counts.put(pair.key(), pair.value()));
      assertThat(counts).isEqualTo(Map.of("a", 3, "b", 2, "c", 1));
    }
  }

  @Test
  void aShuffleMayFollowAShuffle() throws Exception {
    List<Pair<Integer, Long>> wordsByCount =
        context
            .parallelize(List.of("a", "b", "a", "c"), 2)
            .reduceByKey(word -> new Pair<>(word, 1), Integer::sum, 3)
            .reduceByKey(pair -> new Pair<>(pair.value(), 1L), Long::sum, 2)
            .collect();
    assertThat(wordsByCount).containsExactlyInAnyOrder(new Pair<>(1, 2L), new Pair<>(2, 1L));
  }

  @Test
  void whatIsKeptIsComputedOnce() throws Exception {
    try (Dataset.Cached<Long> cached = context.range(1, 10, 2).map(n -> n * n).cache()) {
      assertThat(cached.data().sum(n -> n)).isEqualTo(385);
      assertThat(cached.data().count()).isEqualTo(10);
      assertThat(runner.computed).isEqualTo(2);
    }
  }

  /** Wherever the borders of the parts fall. */
  @Test
  void eachLineIsReadOnce() throws Exception {
    for (String text : List.of("", "\n", "a", "a\n", "a\n\nbb\n\n", "ä€\nlonger line\nx")) {
      Path file = Files.writeString(folder.resolve("lines.txt"), text);
      List<String> expected = text.lines().toList();
      for (int partitions = 1; partitions <= text.length() + 3; partitions++) {
        assertThat(context.textFile(file, partitions).collect()).isEqualTo(expected);
      }
    }
  }

  @Test
  void partsBecomeFiles() throws Exception {
    Path out = folder.resolve("out");
    context.range(1, 4, 2).saveAsTextFile(out);
    assertThat(out.resolve("part-00000")).hasContent("1\n2");
    assertThat(out.resolve("part-00001")).hasContent("3\n4");
    try (var files = Files.list(out)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("part-00000", "part-00001", "_SUCCESS");
    }
    assertThatThrownBy(() -> context.range(1, 4, 2).saveAsTextFile(out))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void whatCannotTravelIsNamed() {
    Object lock = new Object();
    assertThatThrownBy(() -> context.range(1, 2, 1).map(n -> n + lock.hashCode()).collect())
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("java.lang.Object, held by captured value 1 of a lambda in [")
        .hasMessageContaining(DatasetTest.class.getName());
  }

  @Test
  void whatAFunctionThrowsIsTheFailure() {
    assertThatThrownBy(
            () ->
                context
                    .range(1, 2, 1)
                    .map(
                        n -> {
                          throw new Exception("as told");
                        })
                    .count())
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("as told");
  }

  @Test
  void classesThatAreNoValuesAreNotLetIn() throws Exception {
    TaskCodec mine = new TaskCodec(DatasetTest.class.getClassLoader());
    byte[] bytes =
        mine.encode(new ArrayList<>(List.of(Files.createTempFile(folder, "", "").toFile())));
    assertThatThrownBy(() -> mine.decode(bytes)).hasMessageContaining("let in");
  }
}
