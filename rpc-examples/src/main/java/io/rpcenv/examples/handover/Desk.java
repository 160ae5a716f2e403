// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.handover;

import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.examples.handover.BarMessage.Brew;
import io.rpcenv.examples.handover.BarMessage.Order;
import io.rpcenv.examples.handover.BarMessage.Receipt;

/** Takes orders. Never waits: while the barista thinks, the next guest is served. */
final class Desk extends RpcEndpoint {

  private final RpcEndpointRef barista;
  private int orders;

  Desk(RpcEndpointRef barista) {
    this.barista = barista;
  }

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    if (message instanceof Order order) {
      take(order, ++orders, call);
    } else {
      super.receiveAndReply(message, call);
    }
  }

  private void take(Order order, int number, RpcCallContext call) {
    // The handler returns at once; call is kept and answered by whichever thread brings the reply.
    var unused =
        barista
            .ask(new Brew(number, order.drink(), order.guest()))
            .whenComplete(
                (before, failure) -> {
                  if (failure == null) {
                    call.reply(new Receipt(number, before));
                  } else {
                    call.sendFailure(failure);
                  }
                });
  }
}
