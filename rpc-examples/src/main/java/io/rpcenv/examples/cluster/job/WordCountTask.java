// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.job;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Counts the words of all lines that start in a range of a file's bytes.
 *
 * <p>The range's borders fall anywhere, mostly in the middle of a line. A line belongs to the range
 * in which it starts: the task skips to the first line that starts in its range and reads its last
 * line to the end, beyond the range if need be. So each line is counted by exactly one task.
 *
 * @param path the file
 * @param fileSize its size in bytes when the job was split
 * @param start first byte of the range
 * @param end the byte after the range
 */
public record WordCountTask(String path, long fileSize, long start, long end) implements Task {

  @Override
  public TaskResult run() throws IOException, InterruptedException {
    WordCounter counter = new WordCounter();
    try (FileChannel file = FileChannel.open(Path.of(path), StandardOpenOption.READ)) {
      if (file.size() != fileSize) {
        throw new IOException(
            path
                + " changed while it was counted: "
                + file.size()
                + " bytes (expected: "
                + fileSize
                + ")");
      }
      new LineRange(start, end).read(file, counter);
    }
    return new TaskResult.PartialCounts(counter.counts());
  }
}
