// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.storage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Blocks in memory, up to so many bytes: parts of data sets make room, what was used longest ago
 * goes first. Other blocks stay: somebody waits for them. Any thread.
 */
final class MemoryStore {

  private final long maxBytes;
  private final Map<BlockId, byte[]> blocks = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  MemoryStore(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * Takes a block.
   *
   * @return the blocks that had to go; empty if it does not fit at all, which leaves it out
   */
  synchronized Optional<List<BlockId>> put(BlockId block, byte[] content) {
    if (content.length > maxBytes) {
      return Optional.empty();
    }
    remove(block);
    List<BlockId> evicted = new ArrayList<>();
    long room = maxBytes - bytes;
    for (Map.Entry<BlockId, byte[]> old : blocks.entrySet()) {
      if (room < content.length && old.getKey() instanceof BlockId.DatasetBlock) {
        evicted.add(old.getKey());
        room += old.getValue().length;
      }
    }
    if (room < content.length) {
      return Optional.empty();
    }
    evicted.forEach(this::remove);
    blocks.put(block, content);
    bytes += content.length;
    return Optional.of(evicted);
  }

  synchronized Optional<byte[]> get(BlockId block) {
    return Optional.ofNullable(blocks.get(block));
  }

  /** Returns whether it was there. */
  synchronized boolean remove(BlockId block) {
    byte[] removed = blocks.remove(block);
    if (removed != null) {
      bytes -= removed.length;
    }
    return removed != null;
  }

  synchronized List<BlockId> blocks() {
    return List.copyOf(blocks.keySet());
  }
}
