// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The lines of text files that every executor can read, in UTF-8. */
final class TextPlan extends Plan<String> {

  private static final long serialVersionUID = 1L;

  private final transient List<Part> parts;
  private final int partitions;

  /** The bytes of a file in which a part's lines start. */
  private record Part(String path, long size, long start, long end) implements Serializable {}

  /** Cuts each file in as many parts. */
  TextPlan(List<Path> files, int partitionsEach) throws IOException {
    if (partitionsEach < 1) {
      throw new IllegalArgumentException(
          "partitions: " + partitionsEach + " (expected: at least 1)");
    }
    this.parts = new ArrayList<>();
    for (Path file : files) {
      String path = file.toAbsolutePath().toString();
      long size = Files.size(file);
      for (int i = 0; i < partitionsEach; i++) {
        parts.add(
            new Part(
                path, size, bound(size, partitionsEach, i), bound(size, partitionsEach, i + 1)));
      }
    }
    this.partitions = parts.size();
  }

  /** Written so that {@code size * i} cannot overflow. */
  private static long bound(long size, int partitions, int i) {
    return size / partitions * i + Math.min(i, size % partitions);
  }

  @Override
  public int partitions() {
    return partitions;
  }

  @Override
  public Serializable split(int partition) {
    return parts.get(partition);
  }

  @Override
  public Optional<ShuffleInput<?, ?>> input() {
    return Optional.empty();
  }

  @Override
  public Iterator<String> values(Serializable split, TaskContext context) throws Exception {
    Part part = (Part) split;
    return new LineIterator(Path.of(part.path), part.size, part.start, part.end, context);
  }
}
