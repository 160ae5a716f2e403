// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import io.rpcenv.RpcEndpoint;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Handles a message until it is released, whatever interrupts it. */
final class Deaf extends RpcEndpoint {

  private final CountDownLatch begun = new CountDownLatch(1);
  private volatile boolean released;

  @Override
  public void receive(Object message) {
    begun.countDown();
    spinDeafly();
  }

  private void spinDeafly() {
    while (!released) {
      Thread.onSpinWait();
    }
  }

  /** Waits until the handler runs. */
  void awaitBegun() throws InterruptedException {
    if (!begun.await(Eventually.LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw Eventually.dump("the handler never ran");
    }
  }

  /** Lets the handler return. */
  void release() {
    released = true;
  }
}
