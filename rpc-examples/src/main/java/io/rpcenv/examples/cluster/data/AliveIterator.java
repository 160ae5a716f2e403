// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import java.util.Iterator;

/** Looks now and then whether the task is still wanted. */
final class AliveIterator<T> extends LazyIterator<T> {

  private static final int BETWEEN_LOOKS = 0xFFF;

  private final Iterator<T> values;
  private final TaskContext context;
  private int count;

  AliveIterator(Iterator<T> values, TaskContext context) {
    this.values = values;
    this.context = context;
  }

  @Override
  boolean advance() throws Exception {
    if ((count++ & BETWEEN_LOOKS) == 0) {
      context.checkAlive();
    }
    return values.hasNext() && found(values.next());
  }
}
