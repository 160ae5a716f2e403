// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import io.rpcenv.examples.cluster.protocol.MonitorMessage.LogTail;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The log files that a process lets people read. For one thread. */
final class LogFiles {

  static final int MAX_BYTES = 256 * 1024;
  static final int MAX_FILES = 50;

  private final Map<String, Path> files = new LinkedHashMap<>();

  /** Adds a file; of too many the oldest is forgotten, but for the first: the process's own. */
  void add(String name, Path file) {
    files.put(name, file);
    if (files.size() > MAX_FILES) {
      files.keySet().stream().skip(1).findFirst().ifPresent(files::remove);
    }
  }

  List<String> names() {
    return List.copyOf(files.keySet());
  }

  /**
   * Reads the end of a file.
   *
   * @param maxBytes 1 to {@value #MAX_BYTES}
   */
  LogTail tail(String name, int maxBytes) throws IOException {
    if (maxBytes < 1 || maxBytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "maxBytes: " + maxBytes + " (expected: 1 to " + MAX_BYTES + ")");
    }
    Path file = files.get(name);
    if (file == null) {
      throw new NoSuchFileException(name);
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long size = channel.size();
      long from = Math.max(0, size - maxBytes);
      channel.position(from);
      ByteBuffer buffer = ByteBuffer.allocate((int) (size - from));
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        // The file may have become shorter meanwhile.
      }
      buffer.flip();
      int skipped = from == 0 ? 0 : continuationBytes(buffer);
      buffer.position(skipped);
      String text = StandardCharsets.UTF_8.decode(buffer).toString();
      return new LogTail(name, size, from + skipped, text);
    }
  }

  /** Counts the bytes at the beginning that belong to a character which began before. */
  private static int continuationBytes(ByteBuffer buffer) {
    int count = 0;
    while (count < Math.min(3, buffer.limit()) && (buffer.get(count) & 0xC0) == 0x80) {
      count++;
    }
    return count;
  }
}
