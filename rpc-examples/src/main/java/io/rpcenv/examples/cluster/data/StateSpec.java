// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import io.rpcenv.examples.cluster.data.Functions.ReduceFunction;
import java.io.Serializable;

/**
 * What a stream keeps from one batch to the next, by key.
 *
 * @param store which stream's, unique in the application
 * @param version which batch this is, from 1; its state follows from that of the batch before
 * @param folder where every version is kept; every executor can write to it at this path
 * @param combine puts what was there and what has come together
 */
@SuppressWarnings("serial") // the function is serializable by its kind
public record StateSpec<V>(int store, long version, String folder, ReduceFunction<V> combine)
    implements Serializable {

  /** Checks the values. */
  public StateSpec {
    if (version < 1) {
      throw new IllegalArgumentException("version: " + version + " (expected: at least 1)");
    }
  }
}
