// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.storage;

import io.rpcenv.EndpointOptions;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.examples.cluster.ThreadDump;
import io.rpcenv.examples.cluster.storage.BlockManagerMessage.BlockPart;
import io.rpcenv.examples.cluster.storage.BlockManagerMessage.DropBlocks;
import io.rpcenv.examples.cluster.storage.BlockManagerMessage.OpenBlock;
import io.rpcenv.examples.cluster.storage.BlockManagerMessage.OpenedBlock;
import io.rpcenv.examples.cluster.storage.BlockManagerMessage.ReadBlock;
import io.rpcenv.examples.cluster.storage.BlockManagerMessage.ReplicateBlock;
import io.rpcenv.examples.cluster.storage.BlockManagerMessage.TriggerThreadDump;

/** Gives one process's blocks to others. Several at a time: reading a disk takes a while. */
public final class BlockManagerEndpoint extends RpcEndpoint {

  private static final int AT_A_TIME = 4;

  private final BlockManager blocks;

  /** Makes the endpoint of a block manager. */
  public BlockManagerEndpoint(BlockManager blocks) {
    this.blocks = blocks;
  }

  @Override
  public EndpointOptions options() {
    return EndpointOptions.serial().withParallelism(AT_A_TIME);
  }

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    if (message instanceof OpenBlock m) {
      call.reply(new OpenedBlock(blocks.size(m.block())));
    } else if (message instanceof ReadBlock m) {
      call.reply(new BlockPart(blocks.part(m.block(), m.offset(), m.length())));
    } else if (message instanceof ReplicateBlock m) {
      call.reply(blocks.store(m.block(), m.bytes()));
    } else if (message instanceof DropBlocks m) {
      call.reply(blocks.drop(m.blocks()));
    } else if (message instanceof TriggerThreadDump) {
      call.reply(ThreadDump.ofThisProcess());
    } else {
      super.receiveAndReply(message, call);
    }
  }
}
