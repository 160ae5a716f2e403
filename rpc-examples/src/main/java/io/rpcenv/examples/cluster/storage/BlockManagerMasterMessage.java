// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.storage;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcRequest;
import java.util.List;

/** What the {@link BlockManagerMaster} understands. */
public sealed interface BlockManagerMasterMessage {

  /** Name of its endpoint. */
  String ENDPOINT = "BlockManagerMaster";

  /**
   * An executor's blocks can be had from now on.
   *
   * @param executorId whose
   * @param endpoint where, see {@link BlockManagerMessage}
   * @param maxMemory how many bytes it keeps in memory at most
   */
  record RegisterBlockManager(String executorId, RpcEndpointRef endpoint, long maxMemory)
      implements BlockManagerMasterMessage, RpcRequest<Boolean> {}

  /**
   * A block has come or gone.
   *
   * @param executorId where
   * @param block which one
   * @param bytes how much memory it takes there; 0: it is gone
   */
  record UpdateBlockInfo(String executorId, BlockId block, long bytes)
      implements BlockManagerMasterMessage, RpcRequest<Boolean> {}

  /**
   * Who has a block?
   *
   * @param block which one
   */
  record GetLocations(BlockId block) implements BlockManagerMasterMessage, RpcRequest<Locations> {}

  /**
   * Who else could keep a copy?
   *
   * @param executorId who asks
   */
  record GetPeers(String executorId) implements BlockManagerMasterMessage, RpcRequest<Locations> {}

  /**
   * Nobody needs these blocks any more; answered when all have been told.
   *
   * @param blocks which ones
   */
  record RemoveBlocks(BlockId.Selection blocks)
      implements BlockManagerMasterMessage, RpcRequest<Boolean> {}

  /**
   * An executor is gone, and its blocks with it.
   *
   * @param executorId which one
   */
  record RemoveExecutor(String executorId)
      implements BlockManagerMasterMessage, RpcRequest<Boolean> {}

  /** What is kept where? */
  record GetStorageStatus() implements BlockManagerMasterMessage, RpcRequest<StorageStatus> {}

  /** The application ends. Answered, then the endpoint stops. */
  record StopBlockManagerMaster() implements BlockManagerMasterMessage, RpcRequest<Boolean> {}

  /**
   * Block managers.
   *
   * @param managers each with its executor, those that have been there longest first
   */
  record Locations(List<Location> managers) {}

  /**
   * A block manager.
   *
   * @param executorId whose
   * @param endpoint where it is reached
   */
  record Location(String executorId, RpcEndpointRef endpoint) {}

  /**
   * What is kept where.
   *
   * @param executors those that have been there longest first
   */
  record StorageStatus(List<ExecutorStorage> executors) {}

  /**
   * What is kept in one executor.
   *
   * @param executorId which one
   * @param maxMemory how many bytes it keeps in memory at most
   * @param memoryBytes how many it keeps in memory
   * @param blocks how many blocks these are
   */
  record ExecutorStorage(String executorId, long maxMemory, long memoryBytes, int blocks) {}
}
