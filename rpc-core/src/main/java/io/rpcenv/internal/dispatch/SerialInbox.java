// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * An inbox whose messages run one after another. The queue's count says whether it is scheduled: it
 * is run by one thread at a time, from the post that finds it empty until it is empty again.
 */
final class SerialInbox extends Inbox {

  private static final VarHandle DONE;
  private static final VarHandle BEGUN;
  private static final VarHandle HANDLED;
  private static final VarHandle FAILED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      DONE = lookup.findVarHandle(SerialInbox.class, "done", int.class);
      BEGUN = lookup.findVarHandle(SerialInbox.class, "begun", long.class);
      HANDLED = lookup.findVarHandle(SerialInbox.class, "handled", long.class);
      FAILED = lookup.findVarHandle(SerialInbox.class, "failed", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  // Written by the runner only, read by anyone for statistics and the bound.
  @SuppressWarnings("unused") // through DONE
  private int done;

  private long begun;
  private long handled;
  private long failed;

  SerialInbox(
      Dispatcher dispatcher,
      RpcEndpoint endpoint,
      RpcEndpointRef self,
      InboxScheduler scheduler,
      int capacity) {
    super(dispatcher, endpoint, self, scheduler, capacity);
  }

  @Override
  public boolean isSerial() {
    return true;
  }

  @Override
  void launch() {
    scheduler().schedule(this);
  }

  @Override
  void enqueue(InboxMessage message) {
    if (offer(message)) {
      scheduleFor(message);
    }
  }

  @Override
  public void run() {
    int batch = Math.min(size(), BATCH);
    int taken = 0;
    try {
      while (taken < batch) {
        InboxMessage message = take();
        taken++;
        // Before it runs: whoever gets its answer may post at once and must not count it.
        DONE.setRelease(this, taken);
        if (message.bounded()) {
          BEGUN.setOpaque(this, begun + 1);
        }
        process(message);
      }
    } finally {
      // The count goes before what was done: for an instant the depth reads too low, never too
      // high.
      boolean more = release(taken);
      DONE.setRelease(this, 0);
      if (more) {
        scheduler().schedule(this);
      }
    }
  }

  @Override
  int taken() {
    return (int) DONE.getAcquire(this);
  }

  @Override
  long begun() {
    return (long) BEGUN.getOpaque(this);
  }

  @Override
  void countHandled() {
    HANDLED.setOpaque(this, handled + 1);
  }

  @Override
  void countFailed() {
    FAILED.setOpaque(this, failed + 1);
    countHandled();
  }

  @Override
  long handled() {
    return (long) HANDLED.getOpaque(this);
  }

  @Override
  long failed() {
    return (long) FAILED.getOpaque(this);
  }
}
