// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.storage;

/** What a block is. */
public sealed interface BlockId {

  /**
   * A part of a data set that is kept.
   *
   * @param dataset which data set
   * @param partition which part, from 0
   */
  record DatasetBlock(int dataset, int partition) implements BlockId {}

  /**
   * What all tasks of a stage share.
   *
   * @param id which stage's
   */
  record BroadcastBlock(int id) implements BlockId {}

  /**
   * What one map task wrote for one reduce task.
   *
   * @param shuffle which shuffle
   * @param map the part that wrote it
   * @param reader the part that reads it
   */
  record ShuffleBlock(int shuffle, int map, int reader) implements BlockId {}

  /** Some blocks. */
  sealed interface Selection {

    /** Returns whether a block is one of them. */
    boolean has(BlockId block);

    /**
     * One block.
     *
     * @param block which one
     */
    record One(BlockId block) implements Selection {
      @Override
      public boolean has(BlockId other) {
        return block.equals(other);
      }
    }

    /**
     * All parts of a data set.
     *
     * @param dataset which one
     */
    record OfDataset(int dataset) implements Selection {
      @Override
      public boolean has(BlockId block) {
        return block instanceof DatasetBlock part && part.dataset() == dataset;
      }
    }

    /**
     * All that was written for a shuffle.
     *
     * @param shuffle which one
     */
    record OfShuffle(int shuffle) implements Selection {
      @Override
      public boolean has(BlockId block) {
        return block instanceof ShuffleBlock part && part.shuffle() == shuffle;
      }
    }

    /** Everything. */
    record All() implements Selection {
      @Override
      public boolean has(BlockId block) {
        return true;
      }
    }
  }
}
