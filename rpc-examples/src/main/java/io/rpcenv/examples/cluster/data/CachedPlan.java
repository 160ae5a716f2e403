// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import java.io.Serializable;
import java.util.Iterator;
import java.util.Optional;

/** Values that are kept where they were first computed. */
final class CachedPlan<T> extends Plan<T> {

  private static final long serialVersionUID = 1L;

  private final Plan<T> parent;
  private final int datasetId;

  CachedPlan(Plan<T> parent, int datasetId) {
    this.parent = parent;
    this.datasetId = datasetId;
  }

  @Override
  public int partitions() {
    return parent.partitions();
  }

  @Override
  public Serializable split(int partition) {
    return parent.split(partition);
  }

  @Override
  public Optional<ShuffleInput<?, ?>> input() {
    return parent.input();
  }

  @Override
  public Iterator<T> values(Serializable split, TaskContext context) throws Exception {
    return context.cached(datasetId, () -> parent.values(split, context)).iterator();
  }
}
