// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.transport.LoopThread;
import io.rpcenv.transport.TransportLoop;
import java.util.function.Supplier;

/**
 * Runs inboxes on network threads. The loop that posts into an idle inbox runs it at once, unless
 * it is inside a handler already: a post from a handler never recurses. Other threads wake one
 * loop.
 */
public final class LoopScheduler implements InboxScheduler {

  private final Supplier<TransportLoop> nextLoop;
  private final ThreadLocal<Boolean> inside = new ThreadLocal<>();

  /**
   * Makes a scheduler over a transport's loops.
   *
   * @param nextLoop gives a loop, any of them
   */
  public LoopScheduler(Supplier<TransportLoop> nextLoop) {
    this.nextLoop = nextLoop;
  }

  @Override
  public void schedule(Inbox inbox) {
    if (Thread.currentThread() instanceof LoopThread && inside.get() == null) {
      run(inbox);
    } else {
      scheduleLater(inbox);
    }
  }

  @Override
  public void scheduleLater(Inbox inbox) {
    nextLoop.get().execute(() -> run(inbox));
  }

  private void run(Inbox inbox) {
    inside.set(Boolean.TRUE);
    try {
      inbox.run();
    } catch (VirtualMachineError e) {
      // The thread goes on: what the transport was doing is no part of what failed.
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    } finally {
      inside.remove();
    }
  }
}
