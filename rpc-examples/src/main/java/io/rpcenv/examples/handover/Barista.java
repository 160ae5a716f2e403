// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.handover;

import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.examples.handover.BarMessage.Brew;
import io.rpcenv.examples.handover.BarMessage.Ready;
import java.util.ArrayDeque;
import java.util.Queue;

/** Makes one drink after the other, each when told that the one before is done. */
final class Barista extends RpcEndpoint {

  private final Queue<Brew> queue = new ArrayDeque<>();

  /** Tells the barista that the drink at the head of the queue is done. */
  record Done() {}

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    if (message instanceof Brew brew) {
      call.reply(queue.size());
      queue.add(brew);
    } else {
      super.receiveAndReply(message, call);
    }
  }

  @Override
  public void receive(Object message) throws Exception {
    if (message instanceof Done) {
      Brew brew = queue.remove();
      brew.guest().send(new Ready(brew.number(), brew.drink())); // straight to whoever ordered
    } else {
      super.receive(message);
    }
  }
}
