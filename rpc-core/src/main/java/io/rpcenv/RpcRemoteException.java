// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.io.Serial;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The handler failed, or does not support the message. Not retriable; the handler has run.
 *
 * <p>The failure came as data: class name, message and stack of what the handler threw. The stack
 * trace of this exception is the handler's, not the caller's. The cause is the original exception
 * where this environment allows its class; else, if the original had a cause, another {@code
 * RpcRemoteException} that describes it; else null.
 */
public final class RpcRemoteException extends RpcException {

  @Serial private static final long serialVersionUID = 1L;

  private final String remoteClassName;
  private final @Nullable String remoteMessage;

  /**
   * Creates the failure with the text {@code <class name>: <message>}.
   *
   * @param remoteClassName class of what the handler threw
   * @param remoteMessage its message, or null if it has none
   * @param remoteStack its stack frames, the innermost first; may be empty
   * @param cause the rebuilt original, or a description of its cause, or null
   */
  public RpcRemoteException(
      String remoteClassName,
      @Nullable String remoteMessage,
      List<StackTraceElement> remoteStack,
      @Nullable Throwable cause) {
    super(text(remoteClassName, remoteMessage), cause, false, true);
    this.remoteClassName = remoteClassName;
    this.remoteMessage = remoteMessage;
    setStackTrace(remoteStack.toArray(StackTraceElement[]::new));
  }

  /** Records nothing: the local stack would be that of a network thread. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  private static String text(String className, @Nullable String message) {
    Objects.requireNonNull(className, "remoteClassName");
    return message == null ? className : className + ": " + message;
  }

  /**
   * Returns the class of what the handler threw.
   *
   * @return fully qualified class name; the class need not exist here
   */
  public String remoteClassName() {
    return remoteClassName;
  }

  /**
   * Returns the message of what the handler threw.
   *
   * @return its message, or null if it had none
   */
  public @Nullable String remoteMessage() {
    return remoteMessage;
  }

  /**
   * Returns the stack frames of what the handler threw, the innermost first.
   *
   * @return unmodifiable list, empty if the other side sent none
   */
  public List<StackTraceElement> remoteStack() {
    return List.of(getStackTrace());
  }
}
