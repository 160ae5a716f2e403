// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The map of pending calls. */
@Timeout(20)
class LongMapTest {

  private final LongMap<String> map = new LongMap<>();

  @Test
  void putsGetsAndRemoves() {
    assertThat(map.get(1)).isNull();
    assertThat(map.put(1, "a")).isNull();
    assertThat(map.put(1, "b")).isEqualTo("a");
    assertThat(map.size()).isEqualTo(1);
    assertThat(map.get(1)).isEqualTo("b");
    assertThat(map.get(17)).as("another key of the same place").isNull();
    assertThat(map.remove(17)).isNull();
    assertThat(map.size()).isEqualTo(1);
    assertThat(map.remove(1)).isEqualTo("b");
    assertThat(map.remove(1)).isNull();
    assertThat(map.size()).isZero();
  }

  @Test
  void closesGapsAcrossTheEndOfTheTable() {
    long[] keys = {14, 30, 46, 15, 0, 62, 1};
    for (long removed : keys) {
      LongMap<Long> each = new LongMap<>();
      for (long key : keys) {
        each.put(key, key);
      }
      assertThat(each.remove(removed)).isEqualTo(removed);
      for (long key : keys) {
        assertThat(each.get(key)).isEqualTo(key == removed ? null : key);
      }
      assertThat(each.size()).isEqualTo(keys.length - 1);
    }
  }

  @Test
  void growsAndClears() {
    for (long i = 0; i < 1000; i++) {
      map.put(i * 16, "v" + i);
    }
    assertThat(map.size()).isEqualTo(1000);
    assertThat(map.values()).hasSize(1000).contains("v0", "v999");
    for (long i = 0; i < 1000; i++) {
      assertThat(map.get(i * 16)).isEqualTo("v" + i);
    }
    map.clear();
    assertThat(map.size()).isZero();
    assertThat(map.values()).isEmpty();
    assertThat(map.get(16)).isNull();
    map.put(16, "again");
    assertThat(map.values()).containsExactly("again");
  }

  @Test
  void aFullTableStillFindsThatAKeyIsMissing() {
    for (long i = 0; i < 12; i++) {
      map.put(i, "v" + i);
    }
    assertThat(map.get(12)).isNull();
    for (long i = 12; i < 16; i++) {
      map.put(i, "v" + i);
    }
    assertThat(map.get(16)).isNull();
    assertThat(map.values()).hasSize(16);
  }

  @Test
  void agreesWithAHashMap() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      LongMap<Integer> mine = new LongMap<>();
      Map<Long, Integer> theirs = new HashMap<>();
      int range = 1 << (3 + seed % 8);
      for (int i = 0; i < 5000; i++) {
        long key = random.nextInt(range) * (seed % 3 == 0 ? 8L : 1L) - range / 2;
        switch (random.nextInt(3)) {
          case 0 -> assertThat(mine.put(key, i)).isEqualTo(theirs.put(key, i));
          case 1 -> assertThat(mine.remove(key)).isEqualTo(theirs.remove(key));
          default -> assertThat(mine.get(key)).isEqualTo(theirs.get(key));
        }
        assertThat(mine.size()).isEqualTo(theirs.size());
      }
      assertThat(mine.values()).containsExactlyInAnyOrderElementsOf(theirs.values());
    }
  }
}
