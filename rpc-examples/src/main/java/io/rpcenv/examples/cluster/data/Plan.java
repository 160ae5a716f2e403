// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import java.io.Serializable;
import java.util.Iterator;
import java.util.Optional;

/**
 * How the values of a data set come about, as it travels to executors: once for all tasks of a
 * stage. What only one task needs is its {@link #split split}, which travels with that task.
 *
 * @param <T> the values
 */
public abstract sealed class Plan<T> implements Serializable
    permits ParallelPlan, TextPlan, DerivedPlan, CachedPlan, ShuffledPlan, StatefulPlan {

  private static final long serialVersionUID = 1L;

  Plan() {}

  /** Returns of how many parts it is; in the driver. */
  public abstract int partitions();

  /**
   * Returns what the task of one part needs beyond this plan; in the driver.
   *
   * @param partition from 0
   */
  public abstract Serializable split(int partition);

  /** Returns the shuffle that has to have been written before, if there is one; in the driver. */
  public abstract Optional<ShuffleInput<?, ?>> input();

  /** Returns the stream whose state the tasks change, if there is one; in the driver. */
  public Optional<StateSpec<?>> state() {
    return Optional.empty();
  }

  /**
   * Returns the values of a part, which come about as they are asked for; in the executor.
   *
   * @param split what {@link #split} returned in the driver
   * @param context the task's
   */
  public abstract Iterator<T> values(Serializable split, TaskContext context) throws Exception;
}
