// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import io.rpcenv.RpcCallContext;

/** Waits at a gate in each message; answers numbers. Overrides the network hooks, too. */
final class Blocker extends NetRecorder {

  private final Gate gate;

  Blocker(Gate gate) {
    this.gate = gate;
  }

  @Override
  public void receive(Object message) throws Exception {
    gate.pass();
    super.receive(message);
  }

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    gate.pass();
    super.receiveAndReply(message, call);
  }
}
