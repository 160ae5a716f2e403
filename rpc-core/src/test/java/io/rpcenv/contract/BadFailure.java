// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import org.jspecify.annotations.Nullable;

/** A failure one of whose accessors fails itself. */
@SuppressWarnings("serial") // never serialized
public final class BadFailure extends Exception {

  /** What is wrong with it. */
  public enum Fault {
    /** getMessage throws an exception. */
    MESSAGE,
    /** getMessage throws an error. */
    MESSAGE_ERROR,
    /** getCause throws. */
    CAUSE,
    /** getStackTrace throws. */
    STACK,
    /** getStackTrace returns null. */
    NO_STACK,
    /** A frame of the stack is null. */
    NO_FRAME,
    /** toString throws. */
    TEXT
  }

  private final Fault fault;

  /** Creates one with a fault. */
  public BadFailure(Fault fault) {
    super("bad " + fault);
    this.fault = fault;
  }

  @Override
  public @Nullable String getMessage() {
    if (fault == Fault.MESSAGE) {
      throw new NullPointerException("in getMessage");
    } else if (fault == Fault.MESSAGE_ERROR) {
      throw new StackOverflowError("in getMessage");
    }
    return super.getMessage();
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // it only fails
  public @Nullable Throwable getCause() {
    if (fault == Fault.CAUSE) {
      throw new IllegalStateException("in getCause");
    }
    return super.getCause();
  }

  @Override
  @SuppressWarnings("NullAway") // on purpose
  public StackTraceElement[] getStackTrace() {
    return switch (fault) {
      case STACK -> throw new IllegalStateException("in getStackTrace");
      case NO_STACK -> null;
      case NO_FRAME -> new StackTraceElement[] {null};
      default -> super.getStackTrace();
    };
  }

  @Override
  public String toString() {
    if (fault == Fault.TEXT) {
      throw new IllegalStateException("in toString");
    }
    return super.toString();
  }
}
