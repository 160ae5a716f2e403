// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench;

import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Reads one file, again and again, from its first byte to its last, through one direct buffer of 64
 * KiB. A byte that is wrong, missing or too many makes the run fail.
 */
public final class FileRead {

  /** The system property with the file's path; see {@link PatternFile}. */
  public static final String FILE = "bench.file";

  private static final int BUFFER = 64 << 10;
  private static final long BETWEEN_LOOKS_AT_MEMORY = 32 << 20;
  private static final double GIB = 1 << 30;

  /** What is done with each part that was read. */
  @FunctionalInterface
  private interface Check {
    void check(ByteBuffer part, long from);
  }

  private final BenchSystem system;
  private final Path file;
  private final long length;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private final ResidentMemory memory = new ResidentMemory();

  FileRead(BenchSystem system) throws Exception {
    this(system, Path.of(Objects.requireNonNull(System.getProperty(FILE), FILE)));
  }

  FileRead(BenchSystem system, Path file) throws Exception {
    this.system = system;
    this.file = file;
    this.length = Files.size(file);
  }

  /** Reads for about that long, the file once at least, and compares every byte. */
  void warmUp(long millis) throws Exception {
    long end = System.nanoTime() + millis * 1_000_000;
    do {
      read(PatternFile::checkAll);
    } while (System.nanoTime() < end);
  }

  /**
   * Reads for about that long, the file once at least, and compares so few bytes that it takes no
   * time to speak of.
   */
  Map<String, Double> run(long millis) throws Exception {
    memory.begin();
    Allocation before = Allocation.now();
    long start = System.nanoTime();
    long count = 0;
    do {
      read(PatternFile::checkSome);
      count++;
    } while (System.nanoTime() - start < millis * 1_000_000);
    double seconds = (System.nanoTime() - start) / 1e9;
    double gib = count * length / GIB;
    Map<String, Double> result = new LinkedHashMap<>();
    result.put("count", (double) count);
    result.put("gibPerSecond", gib / seconds);
    result.put("cpuMillisPerGib", Allocation.now().cpuNanosSince(before) / 1e6 / gib);
    memory.growthMib().ifPresent(mib -> result.put("residentGrowthMiB", mib));
    return result;
  }

  private void read(Check check) throws Exception {
    long received = 0;
    long nextLook = 0;
    try (ReadableByteChannel channel = system.openFile(file)) {
      for (int n = channel.read(buffer.clear()); n >= 0; n = channel.read(buffer.clear())) {
        check.check(buffer, received);
        received += n;
        if (received >= nextLook) {
          memory.look();
          nextLook = received + BETWEEN_LOOKS_AT_MEMORY;
        }
      }
    }
    if (received != length) {
      throw new IllegalStateException("the file has " + length + " bytes, " + received + " came");
    }
  }
}
