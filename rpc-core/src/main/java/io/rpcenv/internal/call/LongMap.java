// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.call;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A map from positive call ids to calls: open addressing with linear probing. Not thread-safe.
 *
 * <p>Ids are given in sequence. They are spread by Fibonacci hashing (Knuth, volume 3, 6.4): left
 * as they are, thousands of calls in flight would make one run without a gap, and each removal
 * would walk it to its end.
 *
 * @param <V> the value
 */
public final class LongMap<V> {

  private static final int INITIAL_CAPACITY = 16;

  /** From which capacity on an empty map gives its arrays back: a burst is not paid for ever. */
  private static final int SHRINK_FROM = 4096;

  private long[] keys = new long[INITIAL_CAPACITY];
  private @Nullable Object[] values = new Object[INITIAL_CAPACITY];
  private int size;

  /** Makes an empty map. */
  public LongMap() {}

  /** Returns how many entries there are. */
  public int size() {
    return size;
  }

  /**
   * Puts an entry.
   *
   * @param key the key
   * @param value the value
   * @return the value that was there, or null
   */
  public @Nullable V put(long key, V value) {
    if (size * 4 >= keys.length * 3) {
      grow();
    }
    int i = find(key);
    V before = valueAt(i);
    keys[i] = key;
    values[i] = value;
    if (before == null) {
      size++;
    }
    return before;
  }

  /**
   * Returns an entry.
   *
   * @param key the key
   * @return the value, or null if there is none
   */
  public @Nullable V get(long key) {
    return valueAt(find(key));
  }

  /**
   * Removes an entry.
   *
   * @param key the key
   * @return the value that was there, or null
   */
  public @Nullable V remove(long key) {
    int i = find(key);
    V before = valueAt(i);
    if (before != null) {
      size--;
      closeGap(i);
      if (size == 0 && keys.length >= SHRINK_FROM) {
        clear();
      }
    }
    return before;
  }

  /** Returns all values. */
  @SuppressWarnings("unchecked") // only V is ever put
  public List<V> values() {
    List<V> all = new ArrayList<>(size);
    for (Object value : values) {
      if (value != null) {
        all.add((V) value);
      }
    }
    return all;
  }

  /** Removes all entries. */
  public void clear() {
    keys = new long[INITIAL_CAPACITY];
    values = new Object[INITIAL_CAPACITY];
    size = 0;
  }

  /** Returns where a key would be if it had the map to itself. */
  private int home(long key) {
    return (int) ((key * 0x9E3779B97F4A7C15L) >>> (Long.numberOfLeadingZeros(keys.length) + 1));
  }

  /** Returns where a key is, or where it would go. */
  private int find(long key) {
    int mask = keys.length - 1;
    int i = home(key);
    while (values[i] != null && keys[i] != key) {
      i = (i + 1) & mask;
    }
    return i;
  }

  @SuppressWarnings("unchecked") // only V is ever put
  private @Nullable V valueAt(int i) {
    return (V) values[i];
  }

  /** Moves up what a search would no longer reach over the gap. */
  private void closeGap(int gap) {
    int mask = keys.length - 1;
    int hole = gap;
    values[hole] = null;
    for (int i = (hole + 1) & mask; values[i] != null; i = (i + 1) & mask) {
      int home = home(keys[i]);
      if (((i - home) & mask) >= ((i - hole) & mask)) {
        keys[hole] = keys[i];
        values[hole] = values[i];
        values[i] = null;
        hole = i;
      }
    }
  }

  private void grow() {
    long[] oldKeys = keys;
    Object[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new Object[oldKeys.length * 2];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != null) {
        int to = find(oldKeys[i]);
        keys[to] = oldKeys[i];
        values[to] = oldValues[i];
      }
    }
  }
}
