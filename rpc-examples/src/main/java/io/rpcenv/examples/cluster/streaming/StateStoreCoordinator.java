// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.streaming;

import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.examples.cluster.streaming.StateStoreMessage.DeactivateInstances;
import io.rpcenv.examples.cluster.streaming.StateStoreMessage.GetLocation;
import io.rpcenv.examples.cluster.streaming.StateStoreMessage.RemoveInstancesOf;
import io.rpcenv.examples.cluster.streaming.StateStoreMessage.ReportActiveInstance;
import io.rpcenv.examples.cluster.streaming.StateStoreMessage.StateLocation;
import io.rpcenv.examples.cluster.streaming.StateStoreMessage.StopStateStoreCoordinator;
import io.rpcenv.examples.cluster.streaming.StateStoreMessage.VerifyIfInstanceActive;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Knows which executor has the newest state of each part of a stream, so that the part's next task
 * goes there and others forget theirs. Beside the driver.
 */
public final class StateStoreCoordinator extends RpcEndpoint {

  private final Map<StateStoreId, String> active = new HashMap<>();

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    if (message instanceof ReportActiveInstance m) {
      active.put(m.id(), m.executorId());
      call.reply(true);
    } else if (message instanceof VerifyIfInstanceActive m) {
      call.reply(m.executorId().equals(active.get(m.id())));
    } else if (message instanceof GetLocation m) {
      call.reply(new StateLocation(active.getOrDefault(m.id(), "")));
    } else if (message instanceof DeactivateInstances m) {
      call.reply(remove(entry -> entry.getKey().store() == m.store()));
    } else if (message instanceof RemoveInstancesOf m) {
      call.reply(remove(entry -> entry.getValue().equals(m.executorId())));
    } else if (message instanceof StopStateStoreCoordinator) {
      stop(); // first: who has the answer finds it gone
      call.reply(true);
    } else {
      super.receiveAndReply(message, call);
    }
  }

  private int remove(Predicate<Map.Entry<StateStoreId, String>> gone) {
    int before = active.size();
    active.entrySet().removeIf(gone);
    return before - active.size();
  }
}
