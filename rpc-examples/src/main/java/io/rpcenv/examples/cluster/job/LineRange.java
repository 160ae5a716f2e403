// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.job;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * Reads the lines that start in a range of bytes, in constant memory: lines are never held as a
 * whole, however long they are.
 */
final class LineRange {

  private static final int BUFFER_BYTES = 64 << 10;

  private final long start;
  private final long end;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

  /**
   * Makes a range.
   *
   * @param start first byte
   * @param end the byte after the last
   */
  LineRange(long start, long end) {
    this.start = start;
    this.end = end;
  }

  /** Gives all bytes of the range's lines to {@code counter}, then ends its last word. */
  void read(SeekableByteChannel file, WordCounter counter)
      throws IOException, InterruptedException {
    if (start >= end || !toFirstLine(file)) {
      return;
    }
    long position = file.position() - buffer.remaining();
    while (buffer.hasRemaining() || fill(file)) {
      int length = lineBytes(position);
      counter.accept(buffer.array(), buffer.position(), length);
      position += length;
      boolean lastLineEnds = length < buffer.remaining() || endsLastLine(position);
      buffer.position(buffer.position() + length);
      if (lastLineEnds) {
        break;
      }
    }
    counter.endWord();
  }

  /**
   * Skips the line that starts before the range. Looks at the byte before the range: if that is a
   * newline, the range's first byte starts a line. Returns false if no line starts in the range.
   */
  private boolean toFirstLine(SeekableByteChannel file) throws IOException, InterruptedException {
    file.position(Math.max(0, start - 1));
    buffer.limit(0);
    if (start == 0) {
      return true;
    }
    long position = start - 1;
    while (position < end - 1 && (buffer.hasRemaining() || fill(file))) {
      position++;
      if (buffer.get() == '\n') {
        return true;
      }
    }
    return false;
  }

  /** Returns how many of the buffered bytes belong to the range's lines. */
  private int lineBytes(long position) {
    // Lines that start before the end are ours up to their newline. A newline at end - 1 or later
    // ends the last of them.
    int offset = (int) Math.min(Math.max(0, end - 1 - position), buffer.remaining());
    for (int i = buffer.position() + offset; i < buffer.limit(); i++) {
      if (buffer.get(i) == '\n') {
        return i + 1 - buffer.position();
      }
    }
    return buffer.remaining();
  }

  /** Returns whether the buffer's last byte, just before {@code position}, ends the last line. */
  private boolean endsLastLine(long position) {
    return position >= end && buffer.get(buffer.limit() - 1) == '\n';
  }

  private boolean fill(SeekableByteChannel file) throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the task was killed");
    }
    buffer.clear();
    int read = file.read(buffer);
    buffer.flip();
    return read > 0;
  }
}
