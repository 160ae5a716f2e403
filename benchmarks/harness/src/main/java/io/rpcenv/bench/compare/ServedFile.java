// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.compare;

import io.rpcenv.bench.PatternFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The one file that all systems serve: in a folder of its own, and gone when this is closed. */
final class ServedFile implements AutoCloseable {

  /** What the disk must have left beside it. */
  private static final long SPARE = 256L << 20;

  private static final double GIB = 1 << 30;

  private final Path folder;
  private final long bytes;

  private ServedFile(Path folder, long bytes) {
    this.folder = folder;
    this.bytes = bytes;
  }

  /** Finds a place for so many bytes where temporary files go: {@code TMPDIR}, if that is set. */
  static ServedFile reserve(long bytes) throws IOException, BenchmarkFailure {
    String temporary = System.getenv().getOrDefault("TMPDIR", System.getProperty("java.io.tmpdir"));
    Path parent = Path.of(temporary);
    requireSpace(parent, bytes);
    return new ServedFile(Files.createTempDirectory(parent, "rpcenv-bench"), bytes);
  }

  private static void requireSpace(Path parent, long bytes) throws IOException, BenchmarkFailure {
    long space = Files.getFileStore(parent).getUsableSpace();
    if (space < bytes + SPARE) {
      throw new BenchmarkFailure(
          String.format(
              "work file: %s has %s GiB left (expected: %s):"
                  + " give a smaller --file-size, another folder in TMPDIR, or --works without it",
              parent, Unit.round(space / GIB), Unit.round((bytes + SPARE) / GIB)));
    }
  }

  /** Writes the file. */
  void write() throws IOException {
    PatternFile.create(path(), bytes);
  }

  Path path() {
    return folder.resolve("file");
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(path());
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
