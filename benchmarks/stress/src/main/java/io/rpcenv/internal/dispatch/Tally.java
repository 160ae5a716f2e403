// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.RpcEndpoint;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * An endpoint that notices when its hooks run beside each other, in the wrong order or too often.
 * No fence of its own helps those who hand it over: where its hooks must run alone it only reads
 * and writes.
 */
final class Tally extends RpcEndpoint {

  private static final VarHandle INSIDE;

  static {
    try {
      INSIDE = MethodHandles.lookup().findVarHandle(Tally.class, "inside", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final boolean serial;

  @SuppressWarnings("unused") // through INSIDE
  private int inside;

  private boolean overlap;
  private boolean misplaced;
  private int starts;
  private int stops;

  Tally(boolean serial) {
    this.serial = serial;
  }

  /** Returns what is wrong with its life so far, or what stage it is at. */
  String life() {
    if (overlap) {
      return "two at once";
    } else if (misplaced) {
      return "out of order";
    } else if (starts > 1 || stops > 1) {
      return "a hook ran twice";
    } else if (stops == 1) {
      return "stopped";
    }
    return starts == 1 ? "live" : "not started";
  }

  @Override
  public void onStart() {
    enterAlone();
    misplaced |= stops > 0;
    starts++;
    leaveAlone();
  }

  @Override
  public void receive(Object message) {
    if (serial) {
      enterAlone();
      lookAtLife();
      leaveAlone();
    } else {
      INSIDE.getAndAdd(this, 1);
      lookAtLife();
      INSIDE.getAndAdd(this, -1);
    }
  }

  private void lookAtLife() {
    if (starts != 1 || stops != 0) {
      misplaced = true;
    }
    Thread.onSpinWait(); // longer, so that another one would be met
  }

  @Override
  public void onStop() {
    enterAlone();
    misplaced |= starts != 1;
    stops++;
    leaveAlone();
  }

  private void enterAlone() {
    if ((int) INSIDE.getOpaque(this) != 0) {
      overlap = true;
    }
    INSIDE.setOpaque(this, 1);
  }

  private void leaveAlone() {
    if ((int) INSIDE.getOpaque(this) != 1) {
      overlap = true;
    }
    INSIDE.setOpaque(this, 0);
  }
}
