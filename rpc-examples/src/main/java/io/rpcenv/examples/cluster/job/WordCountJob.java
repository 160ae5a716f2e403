// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.job;

import io.rpcenv.examples.cluster.data.JobContext;
import io.rpcenv.examples.cluster.data.JobFailedException;
import io.rpcenv.examples.cluster.data.Pair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Counts the words of a file. A word is a run of ASCII letters, in lower case; everything else
 * separates words.
 *
 * @param path the file, in UTF-8, which every executor must be able to read
 * @param partitions how many tasks, from 1; those beyond the size of the file are empty
 */
public record WordCountJob(String path, int partitions) implements Job<NavigableMap<String, Long>> {

  /** Checks the values. */
  public WordCountJob {
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions: " + partitions + " (expected: at least 1)");
    }
  }

  @Override
  public String name() {
    return "wordcount(" + path + ")";
  }

  @Override
  public NavigableMap<String, Long> run(JobContext context)
      throws JobFailedException, InterruptedException, IOException {
    NavigableMap<String, Long> counts = new TreeMap<>();
    context
        .textFile(Path.of(path), partitions)
        .flatMap(Words::of)
        .reduceByKey(word -> new Pair<>(word, 1L), Math::addExact, partitions)
        .collect()
        .forEach(pair -> counts.put(pair.key(), pair.value()));
    return counts;
  }
}
