// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.testing;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Passes bytes on unchanged and hands each complete line, at most 4 096 bytes of it, to a reader.
 */
final class LineScanner extends OutputStream {

  private static final int MAX_LINE = 4096;

  private final PrintStream target;
  private final Consumer<String> reader;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  LineScanner(PrintStream target, Consumer<String> reader) {
    this.target = target;
    this.reader = reader;
  }

  @Override
  public synchronized void write(int b) {
    target.write(b);
    scan(b);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    target.write(bytes, offset, length);
    for (int i = offset; i < offset + length; i++) {
      scan(bytes[i]);
    }
  }

  @Override
  public void flush() {
    target.flush();
  }

  private void scan(int b) {
    if (b == '\n') {
      reader.accept(line.toString(StandardCharsets.UTF_8));
      line.reset();
    } else if (line.size() < MAX_LINE) {
      line.write(b);
    }
  }
}
