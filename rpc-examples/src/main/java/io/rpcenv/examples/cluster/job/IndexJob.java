// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.job;

import io.rpcenv.examples.cluster.data.Dataset;
import io.rpcenv.examples.cluster.data.JobContext;
import io.rpcenv.examples.cluster.data.JobFailedException;
import io.rpcenv.examples.cluster.data.Pair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds out which words are in which files: an inverted index. The words are those of {@link
 * WordCountJob}.
 *
 * @param files in UTF-8, which every executor must be able to read
 * @param partitions how many tasks for each file, and for the index, from 1
 */
public record IndexJob(List<String> files, int partitions)
    implements Job<NavigableMap<String, TreeSet<String>>> {

  /** Checks the values. */
  public IndexJob {
    files = List.copyOf(files);
    if (files.isEmpty()) {
      throw new IllegalArgumentException("files: none (expected: at least one)");
    }
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions: " + partitions + " (expected: at least 1)");
    }
  }

  @Override
  public String name() {
    return "index(" + files.size() + " file(s))";
  }

  @Override
  public NavigableMap<String, TreeSet<String>> run(JobContext context)
      throws JobFailedException, InterruptedException, IOException {
    NavigableMap<String, TreeSet<String>> index = new TreeMap<>();
    for (String file : files) {
      Dataset<Pair<String, TreeSet<String>>> wordsOfFile =
          context
              .textFile(Path.of(file), partitions)
              .flatMap(Words::of)
              .reduceByKey(word -> in(word, file), IndexJob::both, partitions);
      for (Pair<String, TreeSet<String>> entry : wordsOfFile.collect()) {
        index.merge(entry.key(), entry.value(), IndexJob::both);
      }
    }
    return index;
  }

  private static Pair<String, TreeSet<String>> in(String word, String file) {
    return new Pair<>(word, new TreeSet<>(List.of(file)));
  }

  private static TreeSet<String> both(TreeSet<String> left, TreeSet<String> right) {
    TreeSet<String> all = new TreeSet<>(left);
    all.addAll(right);
    return all;
  }

  /** Returns the index as lines: a word, then its files. */
  public static List<String> lines(NavigableMap<String, ? extends Set<String>> index) {
    List<String> lines = new ArrayList<>();
    index.forEach((word, files) -> lines.add(word + " " + String.join(" ", files)));
    return lines;
  }
}
