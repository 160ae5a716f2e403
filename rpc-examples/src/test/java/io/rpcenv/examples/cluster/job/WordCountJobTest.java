// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.job;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.examples.cluster.data.InThisThread;
import io.rpcenv.examples.cluster.data.JobContext;
import io.rpcenv.examples.cluster.data.JobFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  void aWordThatFillsTheMemoryIsAnError() throws Exception {
    String text = "a".repeat((16 << 20) + 1);

    assertThatThrownBy(() -> count(text, 1))
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("a word is longer than 16777216 letters");
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
    return new WordCountJob(file.toString(), partitions).run(new JobContext(new InThisThread()));
  }
}
