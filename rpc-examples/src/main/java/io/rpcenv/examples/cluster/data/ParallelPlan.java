// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The values of a list that the driver has; each task gets its own. */
final class ParallelPlan<T> extends Plan<T> {

  private static final long serialVersionUID = 1L;

  private final transient List<T> all;
  private final int partitions;

  ParallelPlan(List<T> all, int partitions) {
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions: " + partitions + " (expected: at least 1)");
    }
    this.all = List.copyOf(all);
    this.partitions = partitions;
  }

  @Override
  public int partitions() {
    return partitions;
  }

  @Override
  public Serializable split(int partition) {
    return new ArrayList<>(all.subList(bound(partition), bound(partition + 1)));
  }

  private int bound(int i) {
    return (int) ((long) all.size() * i / partitions);
  }

  @Override
  public Optional<ShuffleInput<?, ?>> input() {
    return Optional.empty();
  }

  @Override
  @SuppressWarnings("unchecked") // made by split
  public Iterator<T> values(Serializable split, TaskContext context) {
    return ((List<T>) split).iterator();
  }
}
