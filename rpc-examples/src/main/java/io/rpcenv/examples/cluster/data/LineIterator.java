// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The lines that start in a range of a file's bytes: a line belongs to the range in which it
 * starts, so each is read by exactly one task wherever the borders fall. Closes the file at the end
 * of the lines; a task that fails midway leaves that to the collector of garbage.
 */
final class LineIterator extends LazyIterator<String> {

  private static final int BUFFER_BYTES = 64 << 10;

  private final FileChannel file;
  private final long end;
  private final TaskContext context;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /** Index in the file of the next byte. */
  private long position;

  LineIterator(Path path, long size, long start, long end, TaskContext context)
      throws IOException, InterruptedException {
    this.file = FileChannel.open(path, StandardOpenOption.READ);
    this.end = end;
    this.context = context;
    if (file.size() != size) {
      long now = file.size();
      file.close();
      throw new IOException(
          path + " changed while it was read: " + now + " bytes (expected: " + size + ")");
    }
    this.position = Math.max(0, start - 1);
    file.position(position);
    buffer.limit(0);
    if (start > 0) {
      skipLine(); // looks at the byte before: if that ends a line, the range begins with one
    }
  }

  @Override
  boolean advance() throws Exception {
    if (position >= end || !(buffer.hasRemaining() || fill())) {
      file.close();
      return false;
    }
    line.reset();
    boolean ended = false;
    while (!ended && (buffer.hasRemaining() || fill())) {
      ended = take();
    }
    return found(line.toString(StandardCharsets.UTF_8));
  }

  private void skipLine() throws IOException, InterruptedException {
    boolean ended = false;
    while (!ended && position < end && (buffer.hasRemaining() || fill())) {
      ended = take();
      line.reset();
    }
  }

  /** Takes what is there of the line; returns whether it has ended. */
  private boolean take() {
    int from = buffer.position();
    int to = from;
    while (to < buffer.limit() && buffer.get(to) != '\n') {
      to++;
    }
    boolean ended = to < buffer.limit();
    line.write(buffer.array(), from, to - from);
    int taken = to - from + (ended ? 1 : 0);
    buffer.position(from + taken);
    position += taken;
    return ended;
  }

  private boolean fill() throws IOException, InterruptedException {
    context.checkAlive();
    buffer.clear();
    int read = file.read(buffer);
    buffer.flip();
    return read > 0;
  }
}
