// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import java.io.Serializable;
import java.util.Iterator;
import java.util.Optional;

/** Values made of others, part by part, in the same task. */
final class DerivedPlan<P, T> extends Plan<T> {

  private static final long serialVersionUID = 1L;

  private final Plan<P> parent;
  private final Step<P, T> step;

  DerivedPlan(Plan<P> parent, Step<P, T> step) {
    this.parent = parent;
    this.step = step;
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
  public Optional<StateSpec<?>> state() {
    return parent.state();
  }

  @Override
  public Iterator<T> values(Serializable split, TaskContext context) throws Exception {
    return step.values(parent.values(split, context));
  }
}
