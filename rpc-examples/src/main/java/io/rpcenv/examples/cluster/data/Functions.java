// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import java.io.Serializable;

/**
 * The kinds of functions that a job is made of. They travel to executors: what a lambda captures
 * has to be serializable, too. Each may be called on several threads, and again for a task that is
 * repeated.
 */
public final class Functions {

  private Functions() {}

  /** Makes one value of another. */
  @FunctionalInterface
  public interface MapFunction<T, R> extends Serializable {
    /** Returns the new value. */
    R apply(T value) throws Exception;
  }

  /** Tells which values stay. */
  @FunctionalInterface
  public interface FilterFunction<T> extends Serializable {
    /** Returns whether the value stays. */
    boolean test(T value) throws Exception;
  }

  /** Makes any number of values of one. */
  @FunctionalInterface
  public interface FlatMapFunction<T, R> extends Serializable {
    /** Returns the new values. */
    Iterable<? extends R> apply(T value) throws Exception;
  }

  /** Puts two values together; in which order they come nobody knows. */
  @FunctionalInterface
  public interface ReduceFunction<T> extends Serializable {
    /** Returns what the two make together. */
    T apply(T left, T right) throws Exception;
  }
}
