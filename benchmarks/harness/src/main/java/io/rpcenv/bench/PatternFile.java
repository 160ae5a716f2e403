// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file in which every byte follows from where it is, so that whoever has read a part of it can
 * tell whether it is the right one, and need not look at all of it.
 */
public final class PatternFile {

  private static final int PIECE = 1 << 20;

  private PatternFile() {}

  /** Writes a new file of this many bytes, and waits until the disk has it. */
  public static void create(Path file, long length) throws IOException {
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
      for (long at = 0; at < length; at += PIECE) {
        fill(piece.clear(), at);
        piece.flip().limit((int) Math.min(PIECE, length - at));
        while (piece.hasRemaining()) {
          out.write(piece);
        }
      }
      out.force(true); // otherwise the disk is busy with it while something is measured
    }
  }

  private static void fill(ByteBuffer piece, long at) {
    for (long index = at / Long.BYTES; piece.hasRemaining(); index++) {
      piece.putLong(word(index));
    }
  }

  /** Returns the eight bytes of this number; after Steele, Lea and Flood's SplitMix64. */
  private static long word(long index) {
    long z = (index + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /**
   * Compares all bytes of a buffer with the file's.
   *
   * @param part the bytes, from index 0 to its position
   * @param from where in the file they begin
   * @throws IllegalStateException if one is wrong
   */
  static void checkAll(ByteBuffer part, long from) {
    check(part, from, Long.BYTES);
  }

  /** Compares the bytes at both ends of a buffer, and eight of each 4 KiB between. */
  static void checkSome(ByteBuffer part, long from) {
    check(part, from, 4096);
  }

  private static void check(ByteBuffer part, long from, int step) {
    int end = part.position();
    int first = (int) Math.min(end, -from & (Long.BYTES - 1));
    int last = Math.max(first, end - (int) (from + end & (Long.BYTES - 1)));
    checkBytes(part, from, 0, first);
    for (int i = first; i < last; i += step) {
      if (part.getLong(i) != word((from + i) / Long.BYTES)) {
        throw wrong(from + i);
      }
    }
    checkBytes(part, from, last, end);
  }

  private static void checkBytes(ByteBuffer part, long from, int begin, int end) {
    for (int i = begin; i < end; i++) {
      long at = from + i;
      int shift = Long.SIZE - Byte.SIZE * (1 + (int) (at & (Long.BYTES - 1)));
      if (part.get(i) != (byte) (word(at / Long.BYTES) >>> shift)) {
        throw wrong(at);
      }
    }
  }

  private static IllegalStateException wrong(long at) {
    return new IllegalStateException("the file is wrong at byte " + at + " or soon after it");
  }
}
