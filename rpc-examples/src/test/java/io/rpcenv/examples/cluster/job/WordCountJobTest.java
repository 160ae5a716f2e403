// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.job;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WordCountJobTest {

  @TempDir Path folder;

  @Test
  void countsWordsInLowerCase() throws Exception {
    assertThat(count("The cat. the CAT; theCat\n", 1))
        .isEqualTo(Map.of("the", 2L, "cat", 2L, "thecat", 1L));
  }

  @Test
  void takesEveryByteOutsideAsciiLettersAsSeparator() throws Exception {
    assertThat(count("na\u00efve \u00c4rger a1b_c\u0000d@e[f`g{h\u007fi", 1))
        .containsOnlyKeys("na", "ve", "rger", "a", "b", "c", "d", "e", "f", "g", "h", "i");
  }

  @Test
  void anEmptyFileHasNoWords() throws Exception {
    assertThat(count("", 5)).isEmpty();
  }

  @Test
  void theLastLineNeedsNoNewline() throws Exception {
    assertThat(count("a\nb", 2)).isEqualTo(Map.of("a", 1L, "b", 1L));
  }

  @Test
  void thereMayBeMorePartitionsThanBytes() throws Exception {
    assertThat(count("a\nb\n", 100)).isEqualTo(Map.of("a", 1L, "b", 1L));
  }

  @Test
  void oneLineLongerThanAllBuffersAndPartitionsIsCountedOnce() throws Exception {
    String line = "word ".repeat(60_000);

    assertThat(count(line, 7)).isEqualTo(Map.of("word", 60_000L));
    assertThat(count("first\n" + line + "\nlast", 7))
        .isEqualTo(Map.of("word", 60_000L, "first", 1L, "last", 1L));
  }

  @Test
  void aWordMayCrossReadBuffers() throws Exception {
    assertThat(count("x".repeat((64 << 10) - 2) + " crossing", 1)).containsEntry("crossing", 1L);
  }

  @Test
  void aLineBelongsToThePartitionInWhichItStarts() throws Exception {
    byte[] bytes = "aaaa\nbbbb\ncccc\n".getBytes(ISO_8859_1);
    Path file = Files.write(folder.resolve("lines"), bytes);

    assertThat(words(file, bytes.length, 0, 5)).containsOnlyKeys("aaaa");
    assertThat(words(file, bytes.length, 5, 6)).containsOnlyKeys("bbbb");
    assertThat(words(file, bytes.length, 6, 10)).isEmpty();
    assertThat(words(file, bytes.length, 6, 11)).containsOnlyKeys("cccc");
    assertThat(words(file, bytes.length, 4, 11)).containsOnlyKeys("bbbb", "cccc");
    assertThat(words(file, bytes.length, 11, 15)).isEmpty();
  }

  @Test
  void aLineThatEndsWithTheReadBufferIsNotTheLastOneIfAnotherStartsInTheRange() throws Exception {
    int buffer = 64 << 10;
    byte[] bytes = ("x".repeat(buffer - 1) + "\ntail\nrest\n").getBytes(ISO_8859_1);
    Path file = Files.write(folder.resolve("border"), bytes);

    assertThat(words(file, bytes.length, 0, buffer + 1))
        .containsKey("tail")
        .doesNotContainKey("rest");
    assertThat(words(file, bytes.length, 0, buffer)).doesNotContainKey("tail");
  }

  /**
   * Random bytes, mostly letters and newlines, cut anywhere; the reference reads it all at once.
   */
  @Test
  void agreesWithASimpleCountOfTheWholeFile() throws Exception {
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      String text = randomText(random, random.nextInt(300));
      int partitions = 1 + random.nextInt(12);

      assertThat(count(text, partitions))
          .as("seed %d, %d partitions", seed, partitions)
          .isEqualTo(reference(text));
    }
  }

  @Test
  void agreesWithASimpleCountWhereLinesAreLongerThanTheReadBuffer() throws Exception {
    for (int seed = 0; seed < 12; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      while (text.length() < 400_000) {
        text.append("lorem ipsum ".repeat(random.nextInt(12_000))).append('\n');
      }
      int partitions = 1 + random.nextInt(30);

      assertThat(count(text.toString(), partitions))
          .as("seed %d, %d partitions", seed, partitions)
          .isEqualTo(reference(text.toString()));
    }
  }

  @Test
  void aFileThatChangedIsAnError() throws Exception {
    Path file = Files.writeString(folder.resolve("changing"), "abc");

    assertThatThrownBy(() -> new WordCountTask(file.toString(), 4, 0, 4).run())
        .isInstanceOf(IOException.class)
        .hasMessage(file + " changed while it was counted: 3 bytes (expected: 4)");
  }

  @Test
  void aWordThatFillsTheMemoryIsAnError() throws Exception {
    Path file =
        Files.write(folder.resolve("long"), "a".repeat((16 << 20) + 1).getBytes(ISO_8859_1));
    long size = Files.size(file);

    assertThatThrownBy(() -> new WordCountTask(file.toString(), size, 0, size).run())
        .hasMessage("a word is longer than 16777216 bytes");
  }

  @Test
  void aKilledTaskEnds() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "abc");
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> new WordCountTask(file.toString(), 3, 0, 3).run())
          .isInstanceOfAny(InterruptedException.class, ClosedByInterruptException.class);
    } finally {
      Thread.interrupted(); // clears the flag
    }
  }

  @Test
  void partitionsCoverTheLargestFileWithoutOverflow() {
    List<Task> tasks = new WordCountJob("f", Long.MAX_VALUE, 1000).tasks();

    long expectedStart = 0;
    for (Task task : tasks) {
      WordCountTask range = (WordCountTask) task;
      assertThat(range.start()).isEqualTo(expectedStart);
      assertThat(range.end()).isGreaterThan(range.start());
      expectedStart = range.end();
    }
    assertThat(expectedStart).isEqualTo(Long.MAX_VALUE);
  }

  private static String randomText(Random random, int length) {
    String alphabet = "aaAbZz\n\n .1\u00e4\u0000";
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static Map<String, Long> reference(String text) {
    Map<String, Long> counts = new TreeMap<>();
    Pattern.compile("[A-Za-z]+")
        .matcher(text)
        .results()
        .forEach(word -> counts.merge(word.group().toLowerCase(Locale.ROOT), 1L, Long::sum));
    return counts;
  }

  private NavigableMap<String, Long> count(String text, int partitions) throws Exception {
    Path file = Files.write(folder.resolve("input"), text.getBytes(ISO_8859_1));
    WordCountJob job = new WordCountJob(file.toString(), Files.size(file), partitions);
    assertThat(job.tasks()).hasSize(partitions);
    List<TaskResult> parts = new ArrayList<>();
    for (Task task : job.tasks()) {
      parts.add(task.run());
    }
    return job.merge(parts);
  }

  private static Map<String, Long> words(Path file, long size, long start, long end)
      throws Exception {
    TaskResult result = new WordCountTask(file.toString(), size, start, end).run();
    return ((TaskResult.PartialCounts) result).counts();
  }
}
