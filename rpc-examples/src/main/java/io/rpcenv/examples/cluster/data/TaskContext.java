// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import io.rpcenv.examples.cluster.data.Functions.ReduceFunction;
import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** What an attempt at a task finds where it runs. For the task's thread alone. */
public interface TaskContext {

  /** Returns which part of the data set this is, from 0. */
  int partition();

  /** Returns which attempt at this part this is, from 0. */
  int attempt();

  /**
   * Returns if the task is still wanted.
   *
   * @throws InterruptedException if it was killed
   */
  void checkAlive() throws InterruptedException;

  /**
   * Returns a part of a data set that is kept in memory somewhere, or computes it and keeps it.
   *
   * @param datasetId which data set
   * @param compute what to keep, if nobody has it
   */
  <T> List<T> cached(int datasetId, Computation<T> compute) throws Exception;

  /**
   * Keeps this task's part of a shuffle's input for those who will read it.
   *
   * @param shuffleId which shuffle
   * @param buckets one for each reader, in their order
   */
  <K, V> void writeShuffle(int shuffleId, List<? extends Iterable<Pair<K, V>>> buckets)
      throws Exception;

  /**
   * Reads what all tasks before the shuffle have kept for this one.
   *
   * @param shuffle which shuffle
   * @throws IOException if some of it is not there
   */
  <K, V> Iterator<Pair<K, V>> readShuffle(Shuffle<V> shuffle) throws Exception;

  /**
   * Returns a copy of what a stream has kept for this task's part until the batch before.
   *
   * @param state which stream, and which batch this is
   * @throws java.io.IOException if that version is not there
   */
  <K, V> Map<K, V> loadState(StateSpec<V> state) throws Exception;

  /**
   * Keeps this task's part of a stream's state. Done again with the same, it changes nothing.
   *
   * @param state which stream, and which batch this is
   * @param all by key; not changed any more
   */
  <K, V> void commitState(StateSpec<V> state, Map<K, V> all) throws Exception;

  /** Returns whether this attempt is the one, of all at this part, whose output counts. */
  boolean mayCommit() throws InterruptedException, IOException;

  /** What makes the values of a part of a data set. */
  @FunctionalInterface
  interface Computation<T> {
    /** Returns the values. */
    Iterator<T> values() throws Exception;
  }

  /**
   * How a shuffle deals values out.
   *
   * @param id unique in the application
   * @param writers how many tasks write it
   * @param readers how many tasks read it
   * @param combine puts two values of one key together
   */
  @SuppressWarnings("serial") // the function is serializable by its kind
  record Shuffle<V>(int id, int writers, int readers, ReduceFunction<V> combine)
      implements Serializable {

    /** Checks the values. */
    public Shuffle {
      if (readers < 1) {
        throw new IllegalArgumentException("partitions: " + readers + " (expected: at least 1)");
      }
    }

    /** Returns who reads the values of a key. */
    int readerOf(Object key) {
      return Math.floorMod(KeyHash.of(key), readers);
    }
  }
}
