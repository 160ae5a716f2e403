// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.shuffle;

import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.examples.cluster.shuffle.MapOutputMessage.GetMapOutputStatuses;
import io.rpcenv.examples.cluster.shuffle.MapOutputMessage.MapOutput;
import io.rpcenv.examples.cluster.shuffle.MapOutputMessage.MapOutputStatuses;
import io.rpcenv.examples.cluster.shuffle.MapOutputMessage.RegisterMapOutput;
import io.rpcenv.examples.cluster.shuffle.MapOutputMessage.RemoveOutputsOf;
import io.rpcenv.examples.cluster.shuffle.MapOutputMessage.RemoveShuffle;
import io.rpcenv.examples.cluster.shuffle.MapOutputMessage.StopMapOutputTracker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Knows where the output of each map task is. */
public final class MapOutputTracker extends RpcEndpoint {

  private final Map<Integer, SortedMap<Integer, MapOutput>> shuffles = new HashMap<>();

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    if (message instanceof RegisterMapOutput m) {
      shuffles
          .computeIfAbsent(m.shuffle(), unused -> new TreeMap<>())
          .put(m.map(), new MapOutput(m.map(), m.executorId(), m.blocks()));
      call.reply(true);
    } else if (message instanceof GetMapOutputStatuses m) {
      SortedMap<Integer, MapOutput> outputs = shuffles.getOrDefault(m.shuffle(), new TreeMap<>());
      call.reply(new MapOutputStatuses(List.copyOf(outputs.values())));
    } else if (message instanceof RemoveOutputsOf m) {
      call.reply(removeOutputsOf(m.executorId()));
    } else if (message instanceof RemoveShuffle m) {
      call.reply(shuffles.remove(m.shuffle()) != null);
    } else if (message instanceof StopMapOutputTracker) {
      stop(); // first: who has the answer finds it gone
      call.reply(true);
    } else {
      super.receiveAndReply(message, call);
    }
  }

  private int removeOutputsOf(String executorId) {
    int before = count();
    for (SortedMap<Integer, MapOutput> outputs : shuffles.values()) {
      outputs.values().removeIf(output -> output.executorId().equals(executorId));
    }
    return before - count();
  }

  private int count() {
    return shuffles.values().stream().mapToInt(Map::size).sum();
  }
}
