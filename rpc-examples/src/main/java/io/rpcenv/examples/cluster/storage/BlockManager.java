// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.storage;

import io.rpcenv.RpcAbortedException;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcException;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage.GetLocations;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage.GetPeers;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage.Location;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage.RegisterBlockManager;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage.UpdateBlockInfo;
import io.rpcenv.examples.cluster.storage.BlockManagerMessage.BlockPart;
import io.rpcenv.examples.cluster.storage.BlockManagerMessage.OpenBlock;
import io.rpcenv.examples.cluster.storage.BlockManagerMessage.ReadBlock;
import io.rpcenv.examples.cluster.storage.BlockManagerMessage.ReplicateBlock;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process's blocks, and its way to those of others. Blocks that are computed are kept in
 * memory, what is written for a shuffle on the disk. Methods may block. Any thread but an
 * endpoint's.
 */
public final class BlockManager {

  private static final Logger LOG = LoggerFactory.getLogger(BlockManager.class);

  /** The id of the driver's: nobody copies blocks there. */
  public static final String DRIVER = "driver";

  /** How much of a block is asked for at a time. */
  private static final int PART = 1 << 20;

  private final String executorId;
  private final RpcEndpointRef master;
  private final MemoryStore memory;
  private final DiskStore disk;
  private final long maxMemory;
  private volatile Consumer<BlockId.Selection> dropped = unused -> {};

  /**
   * Makes one; {@link #register} makes it known.
   *
   * @param executorId whose it is
   * @param master the {@link BlockManagerMaster}
   * @param maxMemory how many bytes it keeps in memory at most
   * @param disk keeps the rest
   */
  public BlockManager(String executorId, RpcEndpointRef master, long maxMemory, DiskStore disk) {
    this.executorId = executorId;
    this.master = master;
    this.maxMemory = maxMemory;
    this.memory = new MemoryStore(maxMemory);
    this.disk = disk;
  }

  /** Tells the master. */
  public void register(RpcEndpointRef endpoint) {
    master.askSync(new RegisterBlockManager(executorId, endpoint, maxMemory));
  }

  /** Returns a block that is here. */
  public Optional<byte[]> local(BlockId block) {
    return memory.get(block);
  }

  /** Returns a block, from here or from whoever has it; empty if nobody has. */
  public Optional<byte[]> get(BlockId block) {
    Optional<byte[]> here = memory.get(block);
    return here.isPresent() ? here : fetch(block);
  }

  /** Returns a block, from here or from whoever has it, and keeps it here from then on. */
  public Optional<byte[]> getAndKeep(BlockId block) {
    Optional<byte[]> here = memory.get(block);
    if (here.isPresent()) {
      return here;
    }
    Optional<byte[]> fetched = fetch(block);
    fetched.ifPresent(bytes -> store(block, bytes));
    return fetched;
  }

  private Optional<byte[]> fetch(BlockId block) {
    for (Location location : master.askSync(new GetLocations(block)).managers()) {
      if (!location.executorId().equals(executorId)) {
        try {
          return Optional.of(read(location.endpoint(), block));
        } catch (RpcAbortedException e) {
          throw e; // whoever asks is to end
        } catch (IOException | RpcException e) {
          LOG.info("{} could not be read from [{}]", block, location.executorId(), e);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Reads a block of another process, part by part.
   *
   * @param from its {@link BlockManagerEndpoint}
   * @throws IOException if it has no such block
   * @throws RpcException if it cannot be reached
   */
  public static byte[] read(RpcEndpointRef from, BlockId block) throws IOException {
    long size = from.askSync(new OpenBlock(block)).size();
    if (size < 0 || size > Integer.MAX_VALUE - 8) {
      throw new IOException(
          block + " has " + size + " bytes at " + from + " (expected: it is there)");
    }
    byte[] all = new byte[(int) size];
    for (int at = 0; at < all.length; ) {
      BlockPart part = from.askSync(new ReadBlock(block, at, Math.min(PART, all.length - at)));
      if (part.bytes().length == 0) {
        throw new IOException(block + " has gone from " + from);
      }
      System.arraycopy(part.bytes(), 0, all, at, part.bytes().length);
      at += part.bytes().length;
    }
    return all;
  }

  /**
   * Keeps a block in memory, if it fits, and a copy in another process, if there is one.
   *
   * @return whether it is kept here
   */
  public boolean put(BlockId block, byte[] bytes, boolean replicate) {
    boolean kept = store(block, bytes);
    if (replicate) {
      replicate(block, bytes);
    }
    return kept;
  }

  boolean store(BlockId block, byte[] bytes) {
    Optional<List<BlockId>> evicted = memory.put(block, bytes);
    evicted.ifPresent(gone -> gone.forEach(old -> report(old, 0)));
    if (evicted.isPresent()) {
      report(block, bytes.length);
    }
    return evicted.isPresent();
  }

  private void replicate(BlockId block, byte[] bytes) {
    for (Location peer : master.askSync(new GetPeers(executorId)).managers()) {
      try {
        if (peer.endpoint().askSync(new ReplicateBlock(block, bytes))) {
          return;
        }
      } catch (RpcException e) {
        LOG.info("{} could not be copied to [{}]", block, peer.executorId(), e);
      }
    }
  }

  private void report(BlockId block, long bytes) {
    // Nobody waits: whoever is told of the block afterwards asks the master after this.
    var unused = master.ask(new UpdateBlockInfo(executorId, block, bytes));
  }

  /** Has somebody told of what is to be dropped, on the thread that drops. */
  public void onDrop(Consumer<BlockId.Selection> listener) {
    dropped = listener;
  }

  /** Lets go of blocks; returns how many there were. */
  public int drop(BlockId.Selection blocks) {
    dropped.accept(blocks);
    int count = disk.drop(blocks);
    for (BlockId block : memory.blocks()) {
      if (blocks.has(block) && memory.remove(block)) {
        count++;
      }
    }
    return count;
  }

  /** Returns how large a block is that is here; below 0 if it is not. */
  long size(BlockId block) {
    return memory.get(block).map(bytes -> (long) bytes.length).orElseGet(() -> disk.size(block));
  }

  /** Returns a part of a block that is here; nothing if it is not. */
  byte[] part(BlockId block, long offset, int length) throws IOException {
    Optional<byte[]> here = memory.get(block);
    if (here.isEmpty()) {
      return disk.read(block, offset, length);
    }
    int from = (int) Math.min(offset, here.get().length);
    int to = Math.min(from + length, here.get().length);
    return Arrays.copyOfRange(here.get(), from, to);
  }

  /** Returns where blocks are written that do not go through memory. */
  public DiskStore disk() {
    return disk;
  }
}
