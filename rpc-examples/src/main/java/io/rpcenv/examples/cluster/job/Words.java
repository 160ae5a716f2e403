// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Takes lines apart. */
final class Words {

  /** A longer word is no word but a fault in the file. */
  static final int MAX_WORD = 16 << 20;

  private Words() {}

  /**
   * Returns the words of a line: runs of ASCII letters, in lower case.
   *
   * @throws IllegalArgumentException if one is longer than {@link #MAX_WORD} letters
   */
  static List<String> of(String line) {
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= line.length(); i++) {
      boolean letter = i < line.length() && isLetter(line.charAt(i));
      if (letter && start < 0) {
        start = i;
      } else if (!letter && start >= 0) {
        words.add(word(line, start, i));
        start = -1;
      }
    }
    return words;
  }

  private static boolean isLetter(char c) {
    int lower = c | 0x20; // 'A' and 'a' differ in this bit
    return lower >= 'a' && lower <= 'z';
  }

  private static String word(String line, int start, int end) {
    if (end - start > MAX_WORD) {
      throw new IllegalArgumentException("a word is longer than " + MAX_WORD + " letters");
    }
    return line.substring(start, end).toLowerCase(Locale.ROOT);
  }
}
