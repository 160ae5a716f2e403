// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Counts the words of a stream of bytes that arrives in pieces. For one thread. */
final class WordCounter {

  /** A longer word is no word but a fault in the file, and would not fit a message anyway. */
  static final int MAX_WORD_BYTES = 16 << 20;

  private final Map<String, Count> counts = new HashMap<>();
  private byte[] word = new byte[64];
  private int length;

  /** A number that can be raised in place: most words occur more than once. */
  private static final class Count {
    private long value;
  }

  /**
   * Reads one piece; a word may go on in the next.
   *
   * @throws IOException if a word is longer than {@link #MAX_WORD_BYTES}
   */
  void accept(byte[] bytes, int offset, int size) throws IOException {
    for (int i = offset; i < offset + size; i++) {
      int lower = bytes[i] | 0x20; // 'A' and 'a' differ in this bit
      if (lower >= 'a' && lower <= 'z') {
        append((byte) lower);
      } else if (length > 0) {
        endWord();
      }
    }
  }

  /** Ends the word that was being read, if any. */
  void endWord() {
    if (length > 0) {
      String text = new String(word, 0, length, StandardCharsets.ISO_8859_1);
      counts.computeIfAbsent(text, unused -> new Count()).value++;
      length = 0;
    }
  }

  /** Returns how often each word occurred so far. */
  Map<String, Long> counts() {
    Map<String, Long> result = new HashMap<>(counts.size() * 2);
    counts.forEach((text, count) -> result.put(text, count.value));
    return result;
  }

  private void append(byte letter) throws IOException {
    if (length == word.length) {
      if (length == MAX_WORD_BYTES) {
        throw new IOException("a word is longer than " + MAX_WORD_BYTES + " bytes");
      }
      word = Arrays.copyOf(word, length * 2);
    }
    word[length++] = letter;
  }
}
