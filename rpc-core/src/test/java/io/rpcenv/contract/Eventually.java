// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what must become true soon; where it does not, the failure shows every thread. */
public final class Eventually {

  static final int LIMIT_SECONDS = 15;

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private Eventually() {}

  /** Waits until a condition holds. */
  public static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
        throw dump("never happened: " + what);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Waits until a value is what it must be. */
  public static <T> void awaitEqual(T expected, Supplier<? extends T> actual) {
    try {
      await("equal", () -> Objects.equals(expected, actual.get()));
    } catch (AssertionError e) {
      AssertionError better =
          new AssertionError("expected [" + expected + "] but it stayed [" + actual.get() + "]");
      better.addSuppressed(e);
      throw better;
    }
  }

  /** Returns a failure that shows every thread of ours. */
  static AssertionError dump(String what) {
    StringBuilder text = new StringBuilder(what);
    for (Map.Entry<Thread, StackTraceElement[]> e : Thread.getAllStackTraces().entrySet()) {
      text.append("\n\"").append(e.getKey().getName()).append('"');
      for (StackTraceElement frame : e.getValue()) {
        text.append("\n    at ").append(frame);
      }
    }
    return new AssertionError(text.toString());
  }
}
