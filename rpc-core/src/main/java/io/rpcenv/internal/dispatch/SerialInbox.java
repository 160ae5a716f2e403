// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * An inbox whose messages run one after another. The queue's count says whether it is scheduled: it
 * is run by one thread at a time, from the post that finds it empty until it is empty again.
 */
final class SerialInbox extends Inbox {

  private static final VarHandle RUN;
  private static final VarHandle BEGUN;
  private static final VarHandle HANDLED;
  private static final VarHandle FAILED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      RUN = lookup.findVarHandle(SerialInbox.class, "run", SerialRun.class);
      BEGUN = lookup.findVarHandle(SerialInbox.class, "begun", long.class);
      HANDLED = lookup.findVarHandle(SerialInbox.class, "handled", long.class);
      FAILED = lookup.findVarHandle(SerialInbox.class, "failed", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The run under way; its counters go on from those below, which hold between runs. */
  @SuppressWarnings("unused") // through RUN
  private volatile @Nullable SerialRun run;

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
  void enqueue(InboxMessage message, InboxScheduler via) {
    if (offer(message)) {
      scheduleFor(message, via);
    }
  }

  @Override
  public void run() {
    if (isForsaken()) {
      return;
    }
    SerialRun mine = new SerialRun(this, begun, handled, failed);
    EndpointInvoker invoker = invoker();
    RUN.setRelease(this, mine);
    InboxMessage next = null;
    int taken = 0;
    try {
      for (int ready = nextBatch(0, BATCH); taken < ready; ready = nextBatch(taken, BATCH)) {
        while (taken < ready) {
          InboxMessage message = next == null ? first() : next;
          next = unlink(message);
          taken++;
          mine.take(taken, message.bounded());
          process(message, mine, invoker);
          if (!message.bounded()) {
            mine.refresh();
          }
        }
      }
    } finally {
      goOnAt(next);
      end(mine, taken);
    }
  }

  private void end(SerialRun mine, int taken) {
    BEGUN.setOpaque(this, mine.begun());
    HANDLED.setOpaque(this, mine.handled());
    FAILED.setOpaque(this, mine.failed());
    // The count goes before the run: for an instant the depth reads too low, never too high.
    boolean more = release(taken);
    // Nothing is left to run, or nobody else will: but the next run may have begun already.
    RUN.compareAndSet(this, mine, null);
    if (more) {
      scheduler().schedule(this);
    }
  }

  @Override
  int taken() {
    SerialRun now = run;
    return now == null ? 0 : now.taken();
  }

  @Override
  long begun() {
    SerialRun now = run;
    return now == null ? (long) BEGUN.getOpaque(this) : now.begun();
  }

  @Override
  long handled() {
    SerialRun now = run;
    return now == null ? (long) HANDLED.getOpaque(this) : now.handled();
  }

  @Override
  long failed() {
    SerialRun now = run;
    return now == null ? (long) FAILED.getOpaque(this) : now.failed();
  }
}
