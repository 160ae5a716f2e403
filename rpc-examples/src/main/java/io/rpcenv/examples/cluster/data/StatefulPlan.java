// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a batch changes in the state of its stream: the keys that have come, with new values. */
final class StatefulPlan<K, V> extends Plan<Pair<K, V>> {

  private static final long serialVersionUID = 1L;

  private final Plan<Pair<K, V>> batch;
  private final StateSpec<V> state;

  StatefulPlan(Plan<Pair<K, V>> batch, StateSpec<V> state) {
    this.batch = batch;
    this.state = state;
  }

  @Override
  public int partitions() {
    return batch.partitions();
  }

  @Override
  public Serializable split(int partition) {
    return batch.split(partition);
  }

  @Override
  public Optional<ShuffleInput<?, ?>> input() {
    return batch.input();
  }

  @Override
  public Optional<StateSpec<?>> state() {
    return Optional.of(state);
  }

  @Override
  public Iterator<Pair<K, V>> values(Serializable split, TaskContext context) throws Exception {
    Map<K, V> all = context.loadState(state);
    List<Pair<K, V>> changed = new ArrayList<>();
    for (Iterator<Pair<K, V>> come = batch.values(split, context); come.hasNext(); ) {
      Pair<K, V> pair = come.next();
      V before = all.get(pair.key());
      V now = before == null ? pair.value() : state.combine().apply(before, pair.value());
      all.put(pair.key(), now);
      changed.add(new Pair<>(pair.key(), now));
    }
    context.commitState(state, all);
    return changed.iterator();
  }
}
