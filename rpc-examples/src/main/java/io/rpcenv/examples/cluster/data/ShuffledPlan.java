// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/** The values of each key put together, wherever they were before. */
final class ShuffledPlan<K, V> extends Plan<Pair<K, V>> {

  private static final long serialVersionUID = 1L;

  /** The stage before: no task of this one needs it. */
  private final transient ShuffleInput<K, V> input;

  private final TaskContext.Shuffle<V> shuffle;

  ShuffledPlan(Plan<Pair<K, V>> parent, TaskContext.Shuffle<V> shuffle) {
    this.input = new ShuffleInput<>(parent, shuffle);
    this.shuffle = shuffle;
  }

  @Override
  public int partitions() {
    return shuffle.readers();
  }

  @Override
  public Serializable split(int partition) {
    return partition;
  }

  @Override
  public Optional<ShuffleInput<?, ?>> input() {
    return Optional.of(input);
  }

  @Override
  public Iterator<Pair<K, V>> values(Serializable split, TaskContext context) throws Exception {
    Iterator<Pair<K, V>> read = context.readShuffle(shuffle);
    Iterator<Map.Entry<K, V>> combined = combine(read, shuffle, context).entrySet().iterator();
    return new LazyIterator<>() {
      @Override
      boolean advance() {
        if (!combined.hasNext()) {
          return false;
        }
        Map.Entry<K, V> entry = combined.next();
        return found(new Pair<>(entry.getKey(), entry.getValue()));
      }
    };
  }

  /** Puts the values of each key together, in memory. */
  static <K, V> Map<K, V> combine(
      Iterator<Pair<K, V>> values, TaskContext.Shuffle<V> shuffle, TaskContext context)
      throws Exception {
    Map<K, V> combined = new HashMap<>();
    for (int i = 0; values.hasNext(); i++) {
      Pair<K, V> pair = values.next();
      V before = combined.get(pair.key());
      combined.put(
          pair.key(),
          before == null ? pair.value() : shuffle.combine().apply(before, pair.value()));
      if ((i & 0xFFF) == 0) {
        context.checkAlive();
      }
    }
    return combined;
  }
}
