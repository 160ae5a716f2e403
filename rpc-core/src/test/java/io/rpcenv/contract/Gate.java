// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Something to wait behind until it opens, for good. */
public final class Gate {

  private final CountDownLatch opened = new CountDownLatch(1);
  private final CountDownLatch reached = new CountDownLatch(1);

  Gate() {}

  /** Opens the gate. */
  public void open() {
    opened.countDown();
  }

  /** Waits, as a handler that blocks does. */
  public void pass() throws InterruptedException {
    reached.countDown();
    opened.await();
  }

  /** Waits until a thread has reached the gate. */
  public void awaitReached() throws InterruptedException {
    if (!reached.await(Eventually.LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw Eventually.dump("nobody reached the gate");
    }
  }
}
