// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class UniqFormatTest {

  @Test
  void writesCountsInSevenColumnsSortedByWord() throws IOException {
    StringBuilder out = new StringBuilder();

    UniqFormat.write(new TreeMap<>(Map.of("b", 1L, "a", 123L, "c", 12345678L)), out);

    assertThat(out).hasToString("    123 a\n      1 b\n12345678 c\n");
  }

  @Test
  void topIsByCountThenByWord() {
    assertThat(UniqFormat.top(new TreeMap<>(Map.of("x", 1L, "b", 2L, "a", 2L)), 2))
        .containsExactly("      2 a", "      2 b");
  }
}
