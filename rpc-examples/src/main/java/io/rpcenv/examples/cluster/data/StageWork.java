// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all tasks of a stage do, each with its own part. */
@SuppressWarnings("serial") // plans and actions are serializable
public sealed interface StageWork extends Serializable {

  /** Returns the data set whose parts the tasks compute. */
  Plan<?> plan();

  /** Returns what to call the stage, for people. */
  String name();

  /**
   * Runs one task.
   *
   * @param split the part's, see {@link Plan#split}
   * @return what the driver gets
   */
  @Nullable Object run(Serializable split, TaskContext context) throws Exception;

  /** Ends a job. */
  record Result<T, R>(Plan<T> plan, Action<T, R> action) implements StageWork {
    @Override
    public String name() {
      return action.name();
    }

    @Override
    public @Nullable Object run(Serializable split, TaskContext context) throws Exception {
      return action.run(new AliveIterator<>(plan.values(split, context), context), context);
    }
  }

  /** Writes a shuffle; what has the same key in this part is put together before. */
  record ShuffleWrite<K, V>(Plan<Pair<K, V>> plan, TaskContext.Shuffle<V> shuffle)
      implements StageWork {
    @Override
    public String name() {
      return "shuffle " + shuffle.id();
    }

    @Override
    public @Nullable Object run(Serializable split, TaskContext context) throws Exception {
      List<List<Pair<K, V>>> buckets = new ArrayList<>();
      for (int i = 0; i < shuffle.readers(); i++) {
        buckets.add(new ArrayList<>());
      }
      Iterator<Pair<K, V>> values = plan.values(split, context);
      ShuffledPlan.combine(values, shuffle, context)
          .forEach((key, value) -> buckets.get(shuffle.readerOf(key)).add(new Pair<>(key, value)));
      context.writeShuffle(shuffle.id(), buckets);
      return null;
    }
  }
}
