// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.job;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Counts the words of a file. A word is a run of ASCII letters, in lower case; every other byte
 * separates words.
 *
 * @param path absolute path of the file, which every worker must be able to read
 * @param size the file's size in bytes
 * @param partitions how many tasks, from 1; those beyond the size of the file are empty
 */
public record WordCountJob(String path, long size, int partitions)
    implements Job<NavigableMap<String, Long>> {

  /** Checks the values. */
  public WordCountJob {
    if (size < 0) {
      throw new IllegalArgumentException("size: " + size + " (expected: at least 0)");
    }
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions: " + partitions + " (expected: at least 1)");
    }
  }

  @Override
  public String name() {
    return "wordcount(" + path + ")";
  }

  @Override
  public List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      tasks.add(new WordCountTask(path, size, bound(i), bound(i + 1)));
    }
    return tasks;
  }

  /** Returns where partition {@code i} begins. Written so that {@code size * i} cannot overflow. */
  private long bound(int i) {
    return size / partitions * i + Math.min(i, size % partitions);
  }

  @Override
  public NavigableMap<String, Long> merge(List<TaskResult> parts) {
    NavigableMap<String, Long> all = new TreeMap<>();
    for (TaskResult part : parts) {
      if (!(part instanceof TaskResult.PartialCounts partial)) {
        throw new IllegalArgumentException("part: " + part + " (expected: PartialCounts)");
      }
      partial.counts().forEach((word, count) -> all.merge(word, count, Math::addExact));
    }
    return all;
  }
}
