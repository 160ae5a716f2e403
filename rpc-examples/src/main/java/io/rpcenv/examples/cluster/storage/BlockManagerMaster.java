// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.storage;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcFuture;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage.ExecutorStorage;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage.GetLocations;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage.GetPeers;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage.GetStorageStatus;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage.Location;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage.Locations;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage.RegisterBlockManager;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage.RemoveBlocks;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage.RemoveExecutor;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage.StopBlockManagerMaster;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage.StorageStatus;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage.UpdateBlockInfo;
import io.rpcenv.examples.cluster.storage.BlockManagerMessage.DropBlocks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Knows which executor has which block. Beside the driver. */
public final class BlockManagerMaster extends RpcEndpoint {

  private final Map<String, Manager> managers = new LinkedHashMap<>();

  /** What is known of one executor's blocks. */
  private static final class Manager {
    private final RegisterBlockManager registration;
    private final Map<BlockId, UpdateBlockInfo> blocks = new HashMap<>();

    Manager(RegisterBlockManager registration) {
      this.registration = registration;
    }

    Location location() {
      return new Location(registration.executorId(), registration.endpoint());
    }

    ExecutorStorage status() {
      return new ExecutorStorage(
          registration.executorId(),
          registration.maxMemory(),
          blocks.values().stream().mapToLong(UpdateBlockInfo::bytes).sum(),
          blocks.size());
    }
  }

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    if (message instanceof RegisterBlockManager m) {
      managers.put(m.executorId(), new Manager(m));
      call.reply(true);
    } else if (message instanceof UpdateBlockInfo m) {
      call.reply(update(m));
    } else if (message instanceof GetLocations m) {
      call.reply(locations(manager -> manager.blocks.containsKey(m.block())));
    } else if (message instanceof GetPeers m) {
      List<String> not = List.of(m.executorId(), BlockManager.DRIVER);
      call.reply(locations(manager -> !not.contains(manager.registration.executorId())));
    } else if (message instanceof GetStorageStatus) {
      call.reply(new StorageStatus(managers.values().stream().map(Manager::status).toList()));
    } else if (message instanceof RemoveExecutor m) {
      call.reply(managers.remove(m.executorId()) != null);
    } else if (message instanceof RemoveBlocks m) {
      removeBlocks(m.blocks(), call);
    } else if (message instanceof StopBlockManagerMaster) {
      stop(); // first: who has the answer finds it gone
      call.reply(true);
    } else {
      super.receiveAndReply(message, call);
    }
  }

  /** Returns false if the executor is unknown: it was given up. */
  private boolean update(UpdateBlockInfo m) {
    Manager manager = managers.get(m.executorId());
    if (manager == null) {
      return false;
    }
    if (m.bytes() == 0) {
      manager.blocks.remove(m.block());
    } else {
      manager.blocks.put(m.block(), m);
    }
    return true;
  }

  private Locations locations(Predicate<Manager> wanted) {
    return new Locations(managers.values().stream().filter(wanted).map(Manager::location).toList());
  }

  /** Answers when all have answered, or cannot any more. Blocks nobody meanwhile. */
  private void removeBlocks(BlockId.Selection blocks, RpcCallContext call) {
    List<RpcFuture<Integer>> asked = new ArrayList<>();
    for (Manager manager : managers.values()) {
      // What is written for a shuffle is known to the MapOutputTracker, not here.
      boolean maybe =
          blocks instanceof BlockId.Selection.OfShuffle || blocks instanceof BlockId.Selection.All;
      if (manager.blocks.keySet().removeIf(blocks::has) || maybe) {
        asked.add(manager.registration.endpoint().ask(new DropBlocks(blocks)));
      }
    }
    var unused =
        CompletableFuture.allOf(asked.toArray(new CompletableFuture<?>[0]))
            .whenComplete((nothing, failure) -> call.reply(failure == null));
  }

  /** An executor's process is gone. */
  @Override
  public void onDisconnected(RpcAddress peer) {
    managers.values().removeIf(manager -> isAt(manager.registration.endpoint(), peer));
  }

  private static boolean isAt(RpcEndpointRef endpoint, RpcAddress peer) {
    return endpoint.address().filter(peer::equals).isPresent();
  }
}
