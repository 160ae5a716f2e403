// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.job;

import io.rpcenv.examples.cluster.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far a stream is, in files: {@code begun-N} lists the files of batch N, {@code done-N} ends
 * it. One stream at a time has the folder: two would count a file twice.
 */
final class BatchLog implements AutoCloseable {

  private final Path folder;
  private final FolderLock lock;
  private final Set<String> seen = new HashSet<>();
  private long number;
  private @Nullable Batch unfinished;

  /**
   * A batch.
   *
   * @param number from 1
   * @param files names in the stream's folder
   */
  record Batch(long number, List<String> files) {}

  /**
   * Reads what is there, or begins.
   *
   * @throws IOException if that cannot be done, or another stream has the folder
   */
  BatchLog(Path folder, int partitions) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.lock = FolderLock.take(folder);
    try {
      checkPartitions(partitions);
      read();
    } catch (Throwable e) {
      lock.close();
      throw e;
    }
  }

  private void read() throws IOException {
    while (Files.exists(file("begun", number + 1))) {
      number++;
      List<String> files = Files.readAllLines(file("begun", number));
      seen.addAll(files);
      unfinished = Files.exists(file("done", number)) ? null : new Batch(number, files);
    }
  }

  private void checkPartitions(int partitions) throws IOException {
    Path file = folder.resolve("partitions");
    if (!Files.exists(file)) {
      write(file, List.of(Integer.toString(partitions)));
    }
    String before = Files.readString(file).strip();
    if (!before.equals(Integer.toString(partitions))) {
      throw new IOException(
          "partitions: " + partitions + " (expected: " + before + ", as before in " + folder + ")");
    }
  }

  /** Returns the batch that has begun and not ended, if there is one. */
  @Nullable Batch unfinished() {
    return unfinished;
  }

  /** Begins a batch of those files that were in none before; null if there are none. */
  @Nullable Batch begin(List<String> files) throws IOException {
    List<String> fresh = files.stream().filter(file -> !seen.contains(file)).toList();
    if (fresh.isEmpty()) {
      return null;
    }
    write(file("begun", number + 1), fresh);
    seen.addAll(fresh);
    unfinished = new Batch(++number, fresh);
    return unfinished;
  }

  /** Ends a batch. */
  void finish(Batch batch) throws IOException {
    write(file("done", batch.number()), List.of());
    unfinished = null;
  }

  /** Returns the file that lists a batch. */
  Path begun(Batch batch) {
    return file("begun", batch.number());
  }

  /** Lets another stream have the folder. */
  @Override
  public void close() throws IOException {
    lock.close();
  }

  private Path file(String kind, long batch) {
    return folder.resolve(kind + "-" + batch);
  }

  /** All of it is there, or nothing. */
  private static void write(Path file, List<String> lines) throws IOException {
    Path attempt = file.resolveSibling(file.getFileName() + ".tmp");
    Files.write(attempt, lines);
    Files.move(attempt, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
