// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/** The word count of the demo cluster, on Spark with two threads in one JVM. */
public final class SparkWordCount {

  private SparkWordCount() {}

  /** Arguments: the text, how many partitions, where the counts go, as {@code uniq -c} has them. */
  public static void main(String[] args) throws IOException {
    int partitions = Integer.parseInt(args[1]);
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("wordcount")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.driver.host", "127.0.0.1");
    Map<String, Long> counts = new TreeMap<>();
    try (JavaSparkContext context = new JavaSparkContext(conf)) {
      context
          .textFile(args[0], partitions)
          .flatMap(SparkWordCount::words)
          .mapToPair(word -> new Tuple2<>(word, 1L))
          .reduceByKey(Math::addExact, partitions)
          .collect()
          .forEach(pair -> counts.put(pair._1(), pair._2()));
    }
    try (Writer out = Files.newBufferedWriter(Path.of(args[2]))) {
      counts.forEach((word, count) -> write(out, word, count));
    }
  }

  /** A run of ASCII letters, in lower case. */
  private static Iterator<String> words(String line) {
    List<String> words = new ArrayList<>();
    int begin = -1;
    for (int i = 0; i <= line.length(); i++) {
      char c = i < line.length() ? line.charAt(i) : ' ';
      boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (isLetter && begin < 0) {
        begin = i;
      } else if (!isLetter && begin >= 0) {
        words.add(line.substring(begin, i).toLowerCase(Locale.ROOT));
        begin = -1;
      }
    }
    return words.iterator();
  }

  private static void write(Writer out, String word, long count) {
    try {
      out.write(String.format("%7d %s%n", count, word));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
