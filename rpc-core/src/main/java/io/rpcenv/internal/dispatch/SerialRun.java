// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.RpcEndpoint;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One run of a serial inbox. What changes with each message is here and not in the inbox: those who
 * post write there, and would take the memory away from the runner, and the runner from them, with
 * every message. Written by the runner only; statistics read it.
 */
final class SerialRun implements InboxRun {

  private static final VarHandle TAKEN;
  private static final VarHandle BEGUN;
  private static final VarHandle HANDLED;
  private static final VarHandle FAILED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      TAKEN = lookup.findVarHandle(SerialRun.class, "taken", int.class);
      BEGUN = lookup.findVarHandle(SerialRun.class, "begun", long.class);
      HANDLED = lookup.findVarHandle(SerialRun.class, "handled", long.class);
      FAILED = lookup.findVarHandle(SerialRun.class, "failed", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Inbox inbox;
  private final RpcEndpoint endpoint;

  private boolean stopped;

  @SuppressWarnings("unused") // through TAKEN
  private int taken;

  private long begun;
  private long handled;
  private long failed;

  SerialRun(Inbox inbox, long begun, long handled, long failed) {
    this.inbox = inbox;
    this.endpoint = inbox.endpoint();
    this.begun = begun;
    this.handled = handled;
    this.failed = failed;
    refresh();
  }

  /** Looks at the endpoint's state, which life-cycle messages change. */
  void refresh() {
    stopped = inbox.isStopped();
  }

  /**
   * Says that a message was taken, before it runs: whoever gets its answer may post at once and
   * must not count it.
   */
  void take(int takenNow, boolean bounded) {
    TAKEN.setRelease(this, takenNow);
    if (bounded) {
      BEGUN.setOpaque(this, begun + 1);
    }
  }

  @Override
  public Inbox inbox() {
    return inbox;
  }

  @Override
  public RpcEndpoint endpoint() {
    return endpoint;
  }

  @Override
  public boolean isStopped() {
    return stopped;
  }

  @Override
  public void countHandled() {
    HANDLED.setOpaque(this, handled + 1);
  }

  @Override
  public void countFailed() {
    FAILED.setOpaque(this, failed + 1);
    countHandled();
  }

  int taken() {
    return (int) TAKEN.getAcquire(this);
  }

  long begun() {
    return (long) BEGUN.getOpaque(this);
  }

  long handled() {
    return (long) HANDLED.getOpaque(this);
  }

  long failed() {
    return (long) FAILED.getOpaque(this);
  }
}
