// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Blocks on the disk, many of them in one file. Any thread. */
public final class DiskStore {

  private final Path folder;
  private final Map<BlockId, Piece> blocks = new ConcurrentHashMap<>();

  /** Where a block is. */
  private record Piece(Path file, long offset, long length) {}

  /**
   * Makes an empty store.
   *
   * @param folder is there; whoever made it deletes it
   */
  public DiskStore(Path folder) {
    this.folder = folder;
  }

  /** Writes blocks. */
  @FunctionalInterface
  public interface Content {
    /** Writes; {@code end} after each block says which one that was. */
    void write(FileChannel out, BlockEnd end) throws Exception;
  }

  /** Takes the end of a block that is being written. */
  @FunctionalInterface
  public interface BlockEnd {
    /** Says that the bytes since the last end are a block. */
    void reached(BlockId block) throws IOException;
  }

  /**
   * Writes blocks to a new file. They are there when all are written, or not at all.
   *
   * @param name what to call the file; unique
   */
  public void write(String name, Content content) throws Exception {
    Path attempt = Files.createTempFile(folder, name, ".tmp");
    Path file = folder.resolve(name);
    Map<BlockId, Piece> written = new HashMap<>();
    try {
      try (FileChannel out = FileChannel.open(attempt, StandardOpenOption.WRITE)) {
        long[] from = {0};
        content.write(
            out,
            block -> {
              written.put(block, new Piece(file, from[0], out.position() - from[0]));
              from[0] = out.position();
            });
      }
      Files.move(attempt, file, StandardCopyOption.ATOMIC_MOVE);
      blocks.putAll(written);
    } finally {
      Files.deleteIfExists(attempt);
    }
  }

  /** Returns how large a block is; below 0 if it is not here. */
  long size(BlockId block) {
    Piece piece = blocks.get(block);
    return piece == null ? -1 : piece.length();
  }

  byte[] read(BlockId block, long offset, int length) throws IOException {
    Piece piece = blocks.get(block);
    if (piece == null || offset >= piece.length()) {
      return new byte[0];
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(length, piece.length() - offset));
    try (FileChannel in = FileChannel.open(piece.file(), StandardOpenOption.READ)) {
      while (bytes.hasRemaining()) {
        if (in.read(bytes, piece.offset() + offset + bytes.position()) < 0) {
          throw new IOException(piece.file() + " is shorter than it was");
        }
      }
    }
    return bytes.array();
  }

  int drop(BlockId.Selection selection) {
    int before = blocks.size();
    Set<Path> files = new HashSet<>();
    blocks.forEach(
        (block, piece) -> {
          if (selection.has(block)) {
            files.add(piece.file());
          }
        });
    blocks.keySet().removeIf(selection::has);
    blocks.values().forEach(piece -> files.remove(piece.file()));
    for (Path file : files) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // it goes with the folder
      }
    }
    return before - blocks.size();
  }
}
