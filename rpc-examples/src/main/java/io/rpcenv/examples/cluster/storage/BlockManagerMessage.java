// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.storage;

import io.rpcenv.RpcRequest;

/** What the {@link BlockManagerEndpoint} of an executor understands. */
public sealed interface BlockManagerMessage {

  /**
   * How large is a block?
   *
   * @param block which one
   */
  record OpenBlock(BlockId block) implements BlockManagerMessage, RpcRequest<OpenedBlock> {}

  /**
   * Reads a part of a block.
   *
   * @param block which one
   * @param offset where the part begins
   * @param length how long it is at most
   */
  record ReadBlock(BlockId block, long offset, int length)
      implements BlockManagerMessage, RpcRequest<BlockPart> {}

  /**
   * Keeps a copy of another executor's block; answered by whether it is kept.
   *
   * @param block which one
   * @param bytes all of it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record ReplicateBlock(BlockId block, byte[] bytes)
      implements BlockManagerMessage, RpcRequest<Boolean> {}

  /**
   * Nobody needs these blocks any more. Answered by how many there were.
   *
   * @param blocks which ones
   */
  record DropBlocks(BlockId.Selection blocks) implements BlockManagerMessage, RpcRequest<Integer> {}

  /** What are this process's threads doing? Answered by text for people. */
  record TriggerThreadDump() implements BlockManagerMessage, RpcRequest<String> {}

  /**
   * Answers {@link OpenBlock}.
   *
   * @param size in bytes; below 0: the block is not there
   */
  record OpenedBlock(long size) {}

  /**
   * Answers {@link ReadBlock}.
   *
   * @param bytes as many as there were; none if the block is no longer there
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record BlockPart(byte[] bytes) {}
}
