// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what is scheduled until the test runs it. */
final class ManualScheduler implements InboxScheduler {

  final ConcurrentLinkedQueue<Inbox> scheduled = new ConcurrentLinkedQueue<>();
  final AtomicInteger later = new AtomicInteger();
  final AtomicInteger terminated = new AtomicInteger();

  @Override
  public void schedule(Inbox inbox) {
    scheduled.add(inbox);
  }

  @Override
  public void scheduleLater(Inbox inbox) {
    later.incrementAndGet();
    scheduled.add(inbox);
  }

  @Override
  public void terminated() {
    terminated.incrementAndGet();
  }

  /** Runs one inbox; false if none is scheduled. */
  boolean runOne() {
    Inbox inbox = scheduled.poll();
    if (inbox != null) {
      inbox.run();
    }
    return inbox != null;
  }

  void runAll() {
    while (runOne()) {}
  }
}
